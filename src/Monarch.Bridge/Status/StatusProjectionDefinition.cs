using MassTransit;
using Monarch.Contracts;

namespace Monarch.Bridge.Status;

sealed class StatusProjectionDefinition : ConsumerDefinition<StatusProjection>
{
    public StatusProjectionDefinition() => EndpointName = EndpointNames.StatusProjection;
}
