using MassTransit;
using Monarch.Contracts;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Repositories;

sealed class RepositoryMigrationDefinition : SagaDefinition<RepositoryMigrationState>
{
    public RepositoryMigrationDefinition() => EndpointName = EndpointNames.RepositoryMigration;

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator,
        ISagaConfigurator<RepositoryMigrationState> sagaConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.UseSagaPolicies(context);
}
