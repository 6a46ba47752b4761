namespace Monarch.Sandbox.GitHub.Wire;

sealed record MilestoneJson(string Url, long Id, string NodeId, int Number, string State, string Title, string? Description, string? DueOn)
{
    public static MilestoneJson Of(string repositoryUrl, long repositoryId, int number, string title)
    {
        var id = repositoryId % 1_000_000 * 100 + number;
        return new MilestoneJson($"{repositoryUrl}/milestones/{number}", id, NodeIds.Of("MI", id), number, "open", title, null, null);
    }
}
