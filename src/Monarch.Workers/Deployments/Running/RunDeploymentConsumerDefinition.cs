using MassTransit;
using Monarch.Contracts;

namespace Monarch.Workers.Deployments.Running;

sealed class RunDeploymentConsumerDefinition : ConsumerDefinition<RunDeploymentConsumer>
{
    // How many deployments run is limited by their leases: this only begins them.
    public RunDeploymentConsumerDefinition() => (EndpointName, ConcurrentMessageLimit) = (EndpointNames.RunDeployment, 4);
}
