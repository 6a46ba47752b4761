using Monarch.Contracts;
using Monarch.Contracts.DryRuns;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>The outcome of checking a target, or of one step of it.</summary>
abstract record TargetPlanning
{
    TargetPlanning() { }

    /// <summary>What a migration would do.</summary>
    internal sealed record Planned(TargetPlan Plan) : TargetPlanning;

    /// <summary>A migration would refuse the target, or it cannot be checked.</summary>
    internal sealed record Refused(Failure Failure) : TargetPlanning;

    /// <summary>The dry run sends the command again at the time of the failure.</summary>
    internal sealed record Deferred(Failure Failure) : TargetPlanning;
}
