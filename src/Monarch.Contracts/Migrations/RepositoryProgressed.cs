namespace Monarch.Contracts.Migrations;

/// <summary>A pair changed; published once for every batch that waits for it. Absolute figures and a version.</summary>
public sealed record RepositoryProgressed
{
    /// <summary>The batch that waits for the pair.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Identifies the pair.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The source, by GitHub's numeric id.</summary>
    public required long SourceRepositoryId { get; init; }

    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long TargetRepositoryId { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string TargetFullName { get; init; }

    /// <summary>Rises with each event of the saga: of two events the one with the higher version is newer.</summary>
    public required int Version { get; init; }

    /// <summary>How far the pair is.</summary>
    public required RepositoryStatus Status { get; init; }

    /// <summary>How many issues the target is to have.</summary>
    public required int Total { get; init; }

    /// <summary>How many this run has created.</summary>
    public required int Created { get; init; }

    /// <summary>How many this run has found there already.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>How many GitHub rejected in this run.</summary>
    public required int Rejected { get; init; }

    /// <summary>Every issue that was rejected in this run, with the reason.</summary>
    public required IReadOnlyList<RejectedIssue> RejectedIssues { get; init; }

    /// <summary>The pair waits until this time (UTC); null when it does not wait.</summary>
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>Every batch that waits for the pair is paused.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The account that writes to the target; null until that is known.</summary>
    public string? Account { get; init; }

    /// <summary>Why the pair waits or failed; null when neither.</summary>
    public Failure? Failure { get; init; }
}
