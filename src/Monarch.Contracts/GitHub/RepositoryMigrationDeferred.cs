namespace Monarch.Contracts.GitHub;

/// <summary>A target could not be prepared, or its next issue not be created, now; the saga waits, shows it, and asks again.</summary>
public sealed record RepositoryMigrationDeferred
{
    /// <summary>The pair that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, and when it may be tried again.</summary>
    public required Failure Failure { get; init; }

    /// <summary>How far the reading of the target has come; null when it has come no further.</summary>
    public TargetPlace? Place { get; init; }
}
