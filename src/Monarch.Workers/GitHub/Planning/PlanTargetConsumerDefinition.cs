using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.GitHub.Planning;

sealed class PlanTargetConsumerDefinition : ConsumerDefinition<PlanTargetConsumer>
{
    public PlanTargetConsumerDefinition() => EndpointName = EndpointNames.PlanTarget;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<PlanTargetConsumer> consumerConfigurator,
        IRegistrationContext context
    ) =>
        endpointConfigurator.UseGitHubPolicies(
            consumerConfigurator,
            context,
            (PlanTarget command, Failure failure) =>
                new TargetPlanRefused
                {
                    DryRunId = command.DryRunId,
                    TargetIndex = command.TargetIndex,
                    Failure = failure,
                },
            (command, failure) =>
                new TargetPlanDeferred
                {
                    DryRunId = command.DryRunId,
                    TargetIndex = command.TargetIndex,
                    Failure = failure,
                }
        );
}
