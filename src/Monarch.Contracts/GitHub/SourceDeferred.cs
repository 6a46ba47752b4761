namespace Monarch.Contracts.GitHub;

/// <summary>The source could not be read now; the saga waits and retries.</summary>
public sealed record SourceDeferred
{
    /// <summary>The migration or dry run that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The command that this answers.</summary>
    public required Guid CommandId { get; init; }

    /// <summary>Why, and when it may be retried.</summary>
    public required Failure Failure { get; init; }
}
