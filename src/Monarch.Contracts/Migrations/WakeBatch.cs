namespace Monarch.Contracts.Migrations;

/// <summary>A migration's wake-up time has come. Ignored when the wake-up was moved or cancelled.</summary>
public sealed record WakeBatch
{
    /// <summary>Identifies the migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The time that came (UTC), as the saga had saved it.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>
    /// The process restarted with an in-memory bus: every message in flight is lost. The saga sends its pending command again,
    /// regardless of its wake-up time.
    /// </summary>
    public bool IsRestart { get; init; }
}
