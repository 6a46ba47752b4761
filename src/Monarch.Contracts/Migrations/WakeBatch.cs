namespace Monarch.Contracts.Migrations;

/// <summary>A batch's wake-up time has come. Ignored when the batch wants to be woken later, or not at all.</summary>
public sealed record WakeBatch
{
    /// <summary>Identifies the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The time that came (UTC), as the saga had saved it.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
