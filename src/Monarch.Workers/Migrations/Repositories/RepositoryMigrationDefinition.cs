using MassTransit;
using Monarch.Contracts;

namespace Monarch.Workers.Migrations.Repositories;

sealed class RepositoryMigrationDefinition : SagaDefinition<RepositoryMigrationState>
{
    public RepositoryMigrationDefinition() => EndpointName = EndpointNames.RepositoryMigration;

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator,
        ISagaConfigurator<RepositoryMigrationState> sagaConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseSagaPolicies(context);
}
