namespace Monarch.Contracts.Migrations;

/// <summary>A repository migration has ended; published once for every migration that waited for it.</summary>
public sealed record RepositoryMigrationCompleted
{
    /// <summary>The migration that waited for the repository migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The run of the migration that waited for it.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Identifies the repository migration.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The target, by GitHub's numeric id.</summary>
    public required long TargetRepositoryId { get; init; }

    /// <summary>The target as <c>owner/name</c>.</summary>
    public required string TargetFullName { get; init; }

    /// <summary>How it ended.</summary>
    public required RepositoryStatus Status { get; init; }

    /// <summary>How many issues the target was to have.</summary>
    public required int Total { get; init; }

    /// <summary>How many were created.</summary>
    public required int Created { get; init; }

    /// <summary>How many existed already.</summary>
    public required int AlreadyThere { get; init; }

    /// <summary>How many GitHub rejected.</summary>
    public required int Rejected { get; init; }

    /// <summary>The pass through the snapshot under whose id the ledger stores rejected issues; null from an earlier version.</summary>
    public Guid? PassId { get; init; }

    /// <summary>Why the target failed; null when it did not.</summary>
    public Failure? Failure { get; init; }
}
