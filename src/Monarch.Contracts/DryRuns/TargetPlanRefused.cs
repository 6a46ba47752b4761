namespace Monarch.Contracts.DryRuns;

/// <summary>A migration would refuse the target, or it cannot be checked; the other targets continue.</summary>
public sealed record TargetPlanRefused
{
    /// <summary>The dry run that asked.</summary>
    public required Guid DryRunId { get; init; }

    /// <summary>The target's place in the dry run, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>Why, with the remedy.</summary>
    public required Failure Failure { get; init; }
}
