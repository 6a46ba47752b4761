using MassTransit;
using Monarch.Contracts;

namespace Monarch.Bridge.Deployments;

sealed class ServerProjectionDefinition : ConsumerDefinition<ServerProjection>
{
    public ServerProjectionDefinition() => EndpointName = EndpointNames.ServerProjection;
}
