using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Fields;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>A copy that is to be finished.</summary>
/// <param name="Command">The command.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Fields">What the target offers.</param>
/// <param name="Copies">The copies of the issues that it is related to, by their numbers in the source.</param>
/// <param name="Issue">The issue of the source.</param>
sealed record UnfinishedCopy(
    FinishIssues Command,
    IssuePlace Place,
    TargetFields Fields,
    IReadOnlyDictionary<int, int> Copies,
    SnapshotIssue Issue
)
{
    /// <summary>Whether it was never finished before.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Whether more than comments may be missing.</summary>
    public bool IsChanged { get; init; }

    /// <summary>What it is finished with; empty when nothing depends on other copies.</summary>
    public required string Content { get; init; }

    /// <summary>The comments that it is to have, in their order.</summary>
    public required IReadOnlyList<CopiedComment> Comments { get; init; }

    /// <summary>Whether its text continues in a comment that exists.</summary>
    public bool HasContinuation { get; init; }

    /// <summary>Whether what GitHub refuses without a reason is given up.</summary>
    public bool IsLastTry { get; init; }

    /// <summary>Sub-issues that the target cannot have, by the numbers of their copies.</summary>
    public IReadOnlyList<int> Tasks { get; init; } = [];

    /// <summary>Its number in the target.</summary>
    public int Number => Copies[Issue.Number];

    /// <summary>The target, by GitHub's numeric id.</summary>
    public long TargetId => Place.Key.TargetRepositoryId;
}
