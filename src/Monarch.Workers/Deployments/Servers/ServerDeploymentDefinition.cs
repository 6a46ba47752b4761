using MassTransit;
using Monarch.Contracts;
using Monarch.Workers.Migrations.Backoff;

namespace Monarch.Workers.Deployments.Servers;

sealed class ServerDeploymentDefinition : SagaDefinition<ServerDeploymentState>
{
    public ServerDeploymentDefinition() => EndpointName = EndpointNames.ServerDeployment;

    protected override void ConfigureSaga(
        IReceiveEndpointConfigurator endpointConfigurator,
        ISagaConfigurator<ServerDeploymentState> sagaConfigurator,
        IRegistrationContext context
    ) => endpointConfigurator.UseSagaPolicies(context);
}
