using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monarch.Hosting.Bus.Client;
using Monarch.Workers.Archive.Consuming;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>
/// The queue of events to forward, which grows while the receiver is unavailable. Its messages do not count towards the archive's memory
/// (<see cref="DeliveryMemory"/>), so that an unavailable receiver does not stop filing.
/// </summary>
sealed class ForwardConsumerDefinition : ConsumerDefinition<ForwardConsumer>
{
    const int AtOnce = 8;
    const int Prefetched = 16;

    public ForwardConsumerDefinition()
    {
        EndpointName = ForwardTopology.Queue;
        ConcurrentMessageLimit = AtOnce;
        Endpoint(endpoint =>
        {
            endpoint.PrefetchCount = Prefetched;
            endpoint.ConfigureConsumeTopology = false;
        });
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ForwardConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        endpointConfigurator.TakeEvents(
            context,
            context.GetRequiredService<ILogger<ForwardConsumer>>(),
            context.GetRequiredService<ForwardTopology>().UseAsync
        );
    }
}
