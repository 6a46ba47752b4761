using MassTransit;
using Monarch.Contracts;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.Batches;

sealed class MigrationBatchDefinition : SagaDefinition<MigrationBatchState>
{
    public MigrationBatchDefinition() => EndpointName = EndpointNames.MigrationBatch;

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator,
        ISagaConfigurator<MigrationBatchState> sagaConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.UseSagaPolicies(context);
}
