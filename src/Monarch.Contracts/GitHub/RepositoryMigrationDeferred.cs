namespace Monarch.Contracts.GitHub;

/// <summary>A target could not be prepared, or its next issue not created, now; the saga waits, shows this, and retries.</summary>
public sealed record RepositoryMigrationDeferred
{
    /// <summary>The repository migration that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, and when it may be retried.</summary>
    public required Failure Failure { get; init; }

    /// <summary>The progress of reading the target; null when there was none.</summary>
    public TargetPlace? Place { get; init; }
}
