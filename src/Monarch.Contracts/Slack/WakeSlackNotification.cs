namespace Monarch.Contracts.Slack;

/// <summary>A notification's wake-up time has come. Ignored when it wants to be woken later, or not at all.</summary>
public sealed record WakeSlackNotification
{
    /// <summary>Identifies the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The time that came (UTC), as the saga had saved it.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>
    /// The process was started again and its bus is its memory: every message that was under way is lost. What the saga waits
    /// for is sent again, whenever it wants to be woken.
    /// </summary>
    public bool IsRestart { get; init; }
}
