namespace Monarch.Contracts.Migrations;

/// <summary>
/// A repository migration changed; published once for every migration that waits for it. Figures are absolute and versioned.
/// </summary>
public sealed record RepositoryProgressed
{
    /// <summary>The migration that waits for the repository migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Identifies the repository migration.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The source, by GitHub's numeric id.</summary>
    public required long SourceRepositoryId { get; init; }

    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long TargetRepositoryId { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string TargetFullName { get; init; }

    /// <summary>Rises with each event of the saga: of two events the one with the higher version is newer.</summary>
    public required int Version { get; init; }

    /// <summary>The status of the repository migration.</summary>
    public required RepositoryStatus Status { get; init; }

    /// <summary>How many issues the target is to have.</summary>
    public required int Total { get; init; }

    /// <summary>How many this run has created.</summary>
    public required int Created { get; init; }

    /// <summary>How many existed before this run.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>How many GitHub rejected in this run.</summary>
    public required int Rejected { get; init; }

    /// <summary>Every issue that was rejected in this run, with the reason.</summary>
    public required IReadOnlyList<RejectedIssue> RejectedIssues { get; init; }

    /// <summary>
    /// What copies lack or have in another form, in the last pass; before the end only what concerns the target as a whole; null for nothing
    /// before the end, and from an earlier version.
    /// </summary>
    public IReadOnlyList<IssueNote>? Notes { get; init; }

    /// <summary>The repository migration waits until this time (UTC); null when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Whether every migration that waits for it is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The account that writes to the target; null until known.</summary>
    public string? Account { get; init; }

    /// <summary>Why the repository migration waits or failed; null when neither.</summary>
    public Failure? Failure { get; init; }
}
