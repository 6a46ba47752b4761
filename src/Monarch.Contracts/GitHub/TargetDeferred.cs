namespace Monarch.Contracts.GitHub;

/// <summary>A target could not be looked up now; the migration waits and retries.</summary>
public sealed record TargetDeferred
{
    /// <summary>The migration that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The target's place in the migration, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>Why, and when it may be retried.</summary>
    public required Failure Failure { get; init; }
}
