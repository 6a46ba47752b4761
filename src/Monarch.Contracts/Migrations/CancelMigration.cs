namespace Monarch.Contracts.Migrations;

/// <summary>Ends a batch. Targets that another batch waits for go on for that one; what was copied stays. Ignored when it has ended.</summary>
public sealed record CancelMigration
{
    /// <summary>Identifies the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Why, in a person's words; null when none were given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
