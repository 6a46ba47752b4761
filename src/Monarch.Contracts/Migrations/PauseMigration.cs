namespace Monarch.Contracts.Migrations;

/// <summary>Lets a batch start nothing more until it is resumed. Targets that another batch waits for go on for that one. Ignored when it has ended.</summary>
public sealed record PauseMigration
{
    /// <summary>Identifies the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Why, in a person's words; null when none were given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
