namespace Monarch.Contracts.GitHub;

/// <summary>A target accepts no issues; it ends with the remedy, the other targets continue.</summary>
public sealed record RepositoryMigrationRefused
{
    /// <summary>The repository migration that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, with the remedy.</summary>
    public required Failure Failure { get; init; }
}
