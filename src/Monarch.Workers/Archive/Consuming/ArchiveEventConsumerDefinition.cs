using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Bus.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// The archive's queue. MassTransit only consumes it: <see cref="ArchiveTopology"/> sets up exchange and bindings. There is no retry, because
/// filing itself waits until it can be done, and nothing goes to <c>_error</c> or <c>_skipped</c>.
/// </summary>
sealed class ArchiveEventConsumerDefinition : ConsumerDefinition<ArchiveEventConsumer>
{
    // Files are made durable in batches, and a batch is what was delivered: with few messages in flight the disk would sync for each few.
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
        IRegistrationContext context)
    {
        endpointConfigurator.ClearSerialization();
        endpointConfigurator.AddSerializer(new SystemTextJsonMessageSerializerFactory());
        endpointConfigurator.AddDeserializer(new EventSerializerFactory(), isDefault: true);
        endpointConfigurator.PublishFaults = false;

        var memory = context.GetRequiredService<DeliveryMemory>();
        endpointConfigurator.ConfigureReceive(receive => receive.UseFilter(new DeliveryMemoryFilter(memory)));
        var logger = context.GetRequiredService<ILogger<ArchiveEventConsumer>>();
        endpointConfigurator.AddPrePipeSpecification(
            new FilterPipeSpecification<ConsumeContext>(new UnfiledEventFilter(context.GetRequiredService<TimeProvider>(), logger)));

        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            var topology = context.GetRequiredService<ArchiveTopology>();
            rabbit.Exclusive = topology.IsTemporary;
            rabbit.ConfigureChannel(channel => channel.UseFilter(new ArchiveChannelFilter(topology.UseAsync)));
        }
    }
}
