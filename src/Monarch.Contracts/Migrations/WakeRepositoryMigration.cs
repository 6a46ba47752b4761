namespace Monarch.Contracts.Migrations;

/// <summary>A pair's wake-up time has come. Ignored when the pair wants to be woken later, or not at all.</summary>
public sealed record WakeRepositoryMigration
{
    /// <summary>Identifies the pair.</summary>
    public required Guid RepositoryMigrationId { get; init; }

    /// <summary>The time that came (UTC), as the saga had saved it.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>
    /// The process was started again and its bus is its memory: every message that was under way is lost. What the saga waits
    /// for is sent again, whenever it wants to be woken.
    /// </summary>
    public bool IsRestart { get; init; }
}
