using MassTransit;
using Monarch.Contracts;

namespace Monarch.Workers.Deployments.Running;

sealed class RunDeploymentConsumerDefinition : ConsumerDefinition<RunDeploymentConsumer>
{
    // Leases limit the number of running deployments; the consumer only starts them.
    public RunDeploymentConsumerDefinition() => (EndpointName, ConcurrentMessageLimit) = (EndpointNames.RunDeployment, 4);
}
