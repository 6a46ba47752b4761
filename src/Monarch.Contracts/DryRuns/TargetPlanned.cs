namespace Monarch.Contracts.DryRuns;

/// <summary>A target was checked.</summary>
public sealed record TargetPlanned
{
    /// <summary>The dry run that asked.</summary>
    public required Guid DryRunId { get; init; }

    /// <summary>The target's place in the dry run, from 0.</summary>
    public required int TargetIndex { get; init; }

    /// <summary>What a migration would do.</summary>
    public required TargetPlan Plan { get; init; }
}
