namespace Monarch.Contracts.GitHub;

/// <summary>A target's name means no repository that may be written to; the other targets go on.</summary>
public sealed record TargetRefused
{
    /// <summary>The batch that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The target's place in the batch, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>Why.</summary>
    public required Failure Failure { get; init; }
}
