namespace Monarch.Contracts.Migrations;

/// <summary>
/// Cancels a migration. Targets that another migration waits for continue for that one; issues already copied stay. Ignored when it has
/// ended.
/// </summary>
public sealed record CancelMigration
{
    /// <summary>Identifies the migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The reason, as a person gave it; null when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
