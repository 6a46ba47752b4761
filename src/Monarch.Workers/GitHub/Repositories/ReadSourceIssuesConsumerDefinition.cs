using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.GitHub.Repositories;

sealed class ReadSourceIssuesConsumerDefinition : ConsumerDefinition<ReadSourceIssuesConsumer>
{
    public ReadSourceIssuesConsumerDefinition() => EndpointName = EndpointNames.ReadSourceIssues;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ReadSourceIssuesConsumer> consumerConfigurator,
        IRegistrationContext context
    ) =>
        endpointConfigurator.UseGitHubPolicies(
            consumerConfigurator,
            context,
            (ReadSourceIssues command, Failure failure) =>
                new SourceRefused
                {
                    BatchId = command.BatchId,
                    CommandId = command.CommandId,
                    Failure = failure,
                },
            (command, failure) =>
                new SourceDeferred
                {
                    BatchId = command.BatchId,
                    CommandId = command.CommandId,
                    Failure = failure,
                }
        );
}
