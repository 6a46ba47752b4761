namespace Monarch.Contracts.Slack;

/// <summary>A notification's wake-up time has come. Ignored when it wants to be woken later, or not at all.</summary>
public sealed record WakeSlackNotification
{
    /// <summary>Identifies the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The time that came (UTC), as the saga had saved it.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
