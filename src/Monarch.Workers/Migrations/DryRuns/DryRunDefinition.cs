using MassTransit;
using Monarch.Contracts;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Migrations.DryRuns;

sealed class DryRunDefinition : SagaDefinition<DryRunState>
{
    public DryRunDefinition() => EndpointName = EndpointNames.DryRun;

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator,
        ISagaConfigurator<DryRunState> sagaConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.UseSagaPolicies(context);
}
