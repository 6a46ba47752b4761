namespace Monarch.Contracts.GitHub;

/// <summary>
/// The snapshot was missing or incomplete, so the source was read again. The repository migration starts a new pass on the new one; the
/// ledger skips issues that are done.
/// </summary>
public sealed record SnapshotReplaced
{
    /// <summary>The repository migration that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>The new snapshot.</summary>
    public required string SnapshotId { get; init; }

    /// <summary>When its reading began (UTC).</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>How many issues it holds.</summary>
    public required int IssueCount { get; init; }

    /// <summary>Whether its issues need a second pass, because they refer to others or are closed. False from an earlier version.</summary>
    public bool NeedsFinishing { get; init; }
}
