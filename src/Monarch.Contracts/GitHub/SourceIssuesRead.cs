namespace Monarch.Contracts.GitHub;

/// <summary>The source's selected issues are in a snapshot, whole.</summary>
public sealed record SourceIssuesRead
{
    /// <summary>The migration or dry run that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The source, by GitHub's numeric id.</summary>
    public required long RepositoryId { get; init; }

    /// <summary>The source as GitHub spells it, <c>owner/name</c>.</summary>
    public required string FullName { get; init; }

    /// <summary>The snapshot, named after its content: an unchanged source gives the same id.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>When the reading began (UTC).</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>How many issues it holds.</summary>
    public required int IssueCount { get; init; }

    /// <summary>Whether its issues need a second pass, because they refer to others or are closed. False from an earlier version.</summary>
    public bool NeedsFinishing { get; init; }
}
