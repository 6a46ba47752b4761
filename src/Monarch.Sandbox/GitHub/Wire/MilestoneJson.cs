using Monarch.Sandbox.GitHub.Milestones;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's milestone.</summary>
sealed class MilestoneJson(string baseUrl, Repository repository, Milestone milestone)
{
    readonly (int Open, int Closed) _issues = repository.CountIn(milestone.Title);

    public string Url => $"{baseUrl}repos/{repository.FullName}/milestones/{Number}";
    public string HtmlUrl => $"https://github.com/{repository.FullName}/milestone/{Number}";
    public string LabelsUrl => Url + "/labels";
    public long Id => repository.Id % 1_000_000 * 100 + Number;
    public string NodeId => NodeIds.Of("MI", Id);
    public int Number => milestone.Number;
    public string Title => milestone.Title;
    public string? Description => milestone.Description;
    public UserJson Creator => new(baseUrl, milestone.Creator ?? repository.Owner);
    public int OpenIssues => _issues.Open;
    public int ClosedIssues => _issues.Closed;
    public string State => milestone.IsOpen ? "open" : "closed";
    public string CreatedAt { get; } = Times.Of(milestone.CreatedAt);
    public string UpdatedAt => CreatedAt;
    public string? DueOn { get; } = milestone.DueOn is { } dueOn ? Times.Of(dueOn) : null;
    public string? ClosedAt { get; } = milestone.ClosedAt is { } closedAt ? Times.Of(closedAt) : null;
}
