namespace Monarch.Contracts.Migrations;

/// <summary>
/// Retries a migration that has ended, for the targets that failed or had issues rejected: the source is read again, and missing
/// issues are created in these targets. Ignored while the migration is running, or when nothing failed.
/// </summary>
public sealed record RetryRejectedIssues
{
    /// <summary>Identifies the migration.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The reason, as a person gave it; null when none was given.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was requested (UTC).</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
