namespace Monarch.Contracts.Migrations;

/// <summary>
/// Tries again what failed in a batch that has ended: the issues that were rejected, as the source has them now, and the targets
/// that failed as a whole. Nothing else is touched. Ignored when the batch runs, or when nothing failed.
/// </summary>
public sealed record RetryRejectedIssues
{
    /// <summary>Identifies the batch.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Why, in a person's words; null when none were given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was asked for (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
