using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Endpoints;

namespace Monarch.Workers.GitHub.Repositories;

sealed class PrepareTargetConsumerDefinition : ConsumerDefinition<PrepareTargetConsumer>
{
    public PrepareTargetConsumerDefinition() => EndpointName = EndpointNames.PrepareTarget;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<PrepareTargetConsumer> consumerConfigurator,
        IRegistrationContext context
    ) =>
        endpointConfigurator.UseGitHubPolicies(
            consumerConfigurator,
            context,
            (PrepareTarget command, Failure failure) =>
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
