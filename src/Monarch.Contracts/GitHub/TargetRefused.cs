namespace Monarch.Contracts.GitHub;

/// <summary>A target's name refers to no repository that may be written to; the other targets continue.</summary>
public sealed record TargetRefused
{
    /// <summary>The migration that asked.</summary>
    public required Guid BatchId { get; init; }

    /// <summary>The target's place in the migration, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>Why.</summary>
    public required Failure Failure { get; init; }
}
