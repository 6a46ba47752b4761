using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.GitHub.Copying.Finishing;

sealed class FinishIssuesConsumerDefinition : ConsumerDefinition<FinishIssuesConsumer>
{
    public FinishIssuesConsumerDefinition() => EndpointName = EndpointNames.FinishIssues;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<FinishIssuesConsumer> consumerConfigurator,
        IRegistrationContext context
    ) =>
        endpointConfigurator.UseGitHubPolicies(
            consumerConfigurator,
            context,
            (FinishIssues command, Failure failure) =>
                new RepositoryMigrationRefused
                {
                    RepositoryMigrationId = command.RepositoryMigrationId,
                    CommandId = command.CommandId,
                    Failure = failure,
                },
            (command, failure) =>
                new RepositoryMigrationDeferred
                {
                    RepositoryMigrationId = command.RepositoryMigrationId,
                    CommandId = command.CommandId,
                    Failure = failure,
                }
        );
}
