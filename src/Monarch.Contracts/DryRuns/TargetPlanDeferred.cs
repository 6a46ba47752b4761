namespace Monarch.Contracts.DryRuns;

/// <summary>A target could not be checked now; the dry run waits and retries, and no other target waits for it.</summary>
public sealed record TargetPlanDeferred
{
    /// <summary>The dry run that asked.</summary>
    public required Guid DryRunId { get; init; }

    /// <summary>The target's place in the dry run, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>Why, and when it may be retried.</summary>
    public required Failure Failure { get; init; }
}
