namespace Monarch.Contracts.GitHub;

/// <summary>
/// Nothing was done, or no more: the ledger may have forgotten its latest entries (its Redis was restarted or emptied), so the
/// target has to be prepared again before the next issue is created.
/// </summary>
public sealed record TargetUnread
{
    /// <summary>The pair that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }
}
