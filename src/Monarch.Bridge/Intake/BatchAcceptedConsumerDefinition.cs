using MassTransit;
using Monarch.Contracts;

namespace Monarch.Bridge.Intake;

sealed class BatchAcceptedConsumerDefinition : ConsumerDefinition<BatchAcceptedConsumer>
{
    public BatchAcceptedConsumerDefinition() => EndpointName = EndpointNames.Intake;
}
