using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus.Client;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// The archive's queue. MassTransit only consumes it: <see cref="ArchiveTopology"/> sets up exchange and bindings. There is no retry,
/// because filing itself waits until the folder is usable, and no message goes to <c>_error</c> or <c>_skipped</c>.
/// </summary>
sealed class ArchiveEventConsumerDefinition : ConsumerDefinition<ArchiveEventConsumer>
{
    // Files are made durable in batches of the messages in flight; with few of them the disk would sync too often.
    const int InFlight = 1024;

    public ArchiveEventConsumerDefinition(IOptions<ArchiveOptions> options, ArchiveTopology topology)
    {
        EndpointName = topology.Queue;
        Endpoint(endpoint =>
        {
            endpoint.Temporary = options.Value.IsTemporary;
            endpoint.PrefetchCount = InFlight;
            endpoint.ConfigureConsumeTopology = false;
        });
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<ArchiveEventConsumer> consumerConfigurator,
        IRegistrationContext context
    )
    {
        var topology = context.GetRequiredService<ArchiveTopology>();
        var memory = context.GetRequiredService<DeliveryMemory>();
        endpointConfigurator.ConfigureReceive(receive => receive.UseFilter(new DeliveryMemoryFilter(memory)));
        endpointConfigurator.TakeEvents(context, context.GetRequiredService<ILogger<ArchiveEventConsumer>>(), topology.UseAsync);
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.Exclusive = topology.IsTemporary;
        }
    }
}
