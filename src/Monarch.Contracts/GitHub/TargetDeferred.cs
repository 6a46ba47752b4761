namespace Monarch.Contracts.GitHub;

/// <summary>A target could not be looked up now; the batch waits and asks again.</summary>
public sealed record TargetDeferred
{
    /// <summary>The batch that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The target's place in the batch, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>Why, and when it may be tried again.</summary>
    public required Failure Failure { get; init; }
}
