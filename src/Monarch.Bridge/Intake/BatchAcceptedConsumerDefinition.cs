using MassTransit;
using Monarch.Contracts;
using Monarch.Redis;

namespace Monarch.Bridge.Intake;

sealed class BatchAcceptedConsumerDefinition : ConsumerDefinition<BatchAcceptedConsumer>
{
    public BatchAcceptedConsumerDefinition() => EndpointName = EndpointNames.Intake;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<BatchAcceptedConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseRedisOutageRetry();
}
