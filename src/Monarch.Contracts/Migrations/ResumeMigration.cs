namespace Monarch.Contracts.Migrations;

/// <summary>Lets a paused batch go on. Ignored when it is not paused.</summary>
public sealed record ResumeMigration
{
    /// <summary>Identifies the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Why, in a person's words; null when none were given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
