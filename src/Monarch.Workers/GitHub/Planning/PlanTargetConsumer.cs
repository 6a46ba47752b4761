using MassTransit;
using Monarch.Contracts.DryRuns;

namespace Monarch.Workers.GitHub.Planning;

sealed class PlanTargetConsumer(TargetPlanner planner) : IConsumer<PlanTarget>
{
    public async Task Consume(ConsumeContext<PlanTarget> context)
    {
        var command = context.Message;
        switch (await planner.PlanAsync(command, context.CancellationToken))
        {
            case TargetPlanning.Planned planned:
                await context.Publish(
                    new TargetPlanned
                    {
                        DryRunId = command.DryRunId,
                        TargetIndex = command.TargetIndex,
                        Plan = planned.Plan,
                    }
                );
                break;
            case TargetPlanning.Refused refused:
                await context.Publish(
                    new TargetPlanRefused
                    {
                        DryRunId = command.DryRunId,
                        TargetIndex = command.TargetIndex,
                        Failure = refused.Failure,
                    }
                );
                break;
            case TargetPlanning.Deferred deferred:
                await context.Publish(
                    new TargetPlanDeferred
                    {
                        DryRunId = command.DryRunId,
                        TargetIndex = command.TargetIndex,
                        Failure = deferred.Failure,
                    }
                );
                break;
        }
    }
}
