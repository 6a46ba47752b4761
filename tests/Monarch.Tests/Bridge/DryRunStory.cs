using Monarch.Contracts.DryRuns;

namespace Monarch.Tests.Bridge;

/// <summary>Parts of the events of a dry run.</summary>
static class DryRunStory
{
    public static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A plan that creates three issues and a label.</summary>
    public static TargetPlan Plan(long id, string account = "a", int create = 3, int writes = 1, int comments = 0) =>
        new()
        {
            RepositoryId = id,
            FullName = $"teams/n{id}",
            Account = account,
            Create = create,
            ToCreate = [new(1, "one"), new(2, "two"), new(3, "three")],
            Comments = comments,
            AlreadyThere = 0,
            Change = 0,
            ToChange = [],
            Labels = ["bug"],
            Milestones = [],
            Rejected = [],
            Notes = [],
            Reads = 5,
            Writes = writes,
            WriteGap = TimeSpan.FromSeconds(1),
            Example = new(1, "one", "text", false),
        };
}
