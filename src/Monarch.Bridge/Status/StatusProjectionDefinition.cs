using MassTransit;
using Monarch.Contracts;
using Monarch.Redis;

namespace Monarch.Bridge.Status;

sealed class StatusProjectionDefinition : ConsumerDefinition<StatusProjection>
{
    public StatusProjectionDefinition() => EndpointName = EndpointNames.StatusProjection;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<StatusProjection> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseRedisOutageRetry();
}
