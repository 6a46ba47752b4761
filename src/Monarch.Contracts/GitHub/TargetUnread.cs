namespace Monarch.Contracts.GitHub;

/// <summary>
/// The slice was not completed: the ledger may have lost its latest entries (its Redis was restarted or emptied), so the
/// target has to be prepared again before the next issue is created.
/// </summary>
public sealed record TargetUnread
{
    /// <summary>The repository migration that asked.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }
}
