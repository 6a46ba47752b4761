using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monarch.Hosting.Bus.Client;
using Monarch.Workers.Archive.Consuming;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>
/// The queue of events to forward, which fills while the receiver is away. Its messages do not count as memory of the archive's
/// (<see cref="DeliveryMemory"/>): a receiver that is away must not stop filing.
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
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ForwardConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.TakeEvents(
            context, context.GetRequiredService<ILogger<ForwardConsumer>>(), context.GetRequiredService<ForwardTopology>().UseAsync);
    }
}
