namespace Monarch.Contracts.Migrations;

/// <summary>
/// Runs a batch that has ended again for the targets that failed or had issues rejected: the source is read again, and whatever is
/// missing in them is created. The other targets are left alone. Ignored when the batch runs, or when nothing failed.
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
