namespace Monarch.Contracts.GitHub;

/// <summary>A target takes no issues; it ends with the remedy, the other targets go on.</summary>
public sealed record RepositoryMigrationRefused
{
    /// <summary>The pair that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, with the remedy.</summary>
    public required Failure Failure { get; init; }
}
