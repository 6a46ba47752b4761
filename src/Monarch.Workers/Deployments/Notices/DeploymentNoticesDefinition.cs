using MassTransit;
using Monarch.Contracts;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Deployments.Notices;

sealed class DeploymentNoticesDefinition : SagaDefinition<DeploymentNoticesState>
{
    public DeploymentNoticesDefinition() => EndpointName = EndpointNames.DeploymentNotices;

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator,
        ISagaConfigurator<DeploymentNoticesState> sagaConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.UseSagaPolicies(context);
}
