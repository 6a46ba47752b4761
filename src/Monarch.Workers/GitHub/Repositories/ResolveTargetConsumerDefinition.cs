using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.GitHub.Repositories;

sealed class ResolveTargetConsumerDefinition : ConsumerDefinition<ResolveTargetConsumer>
{
    public ResolveTargetConsumerDefinition() => EndpointName = EndpointNames.ResolveTarget;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ResolveTargetConsumer> consumerConfigurator,
        IRegistrationContext context
    ) =>
        endpointConfigurator.UseGitHubPolicies(
            consumerConfigurator,
            context,
            (ResolveTarget command, Failure failure) =>
                new TargetRefused
                {
                    BatchId = command.BatchId,
                    TargetIndex = command.TargetIndex,
                    Failure = failure,
                },
            (command, failure) =>
                new TargetDeferred
                {
                    BatchId = command.BatchId,
                    TargetIndex = command.TargetIndex,
                    Failure = failure,
                }
        );
}
