using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>Configures the queue, and declares the exchange that the consumer publishes to.</summary>
sealed class LifecycleConsumerDefinition : ConsumerDefinition<LifecycleConsumer>
{
    public LifecycleConsumerDefinition() => EndpointName = EndpointNames.Lifecycle;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<LifecycleConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.PublishFaults = false;
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            var logger = context.GetRequiredService<ILogger<LifecyclePublisher>>();
            rabbit.ConfigureChannel(channel => channel.UseFilter(new LifecycleExchangeFilter(logger)));
        }
    }
}
