namespace Monarch.Contracts.Migrations;

/// <summary>
/// Pauses a migration: nothing new is started until it is resumed. Targets that another migration waits for continue for that one. Ignored
/// when it has ended.
/// </summary>
public sealed record PauseMigration
{
    /// <summary>Identifies the migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The reason, as a person gave it; null when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
