using MassTransit;
using MassTransit.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// The configuration of every queue of events: MassTransit only consumes it, and no message goes to <c>_error</c> or <c>_skipped</c>.
/// </summary>
static class EventEndpoint
{
    /// <summary>Lets an endpoint consume events unchanged.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="context">The host's services.</param>
    /// <param name="logger">Logs unexpected errors.</param>
    /// <param name="setUp">Sets up exchanges and bindings, before the queue is consumed on a connection.</param>
    public static void TakeEvents(
        this IReceiveEndpointConfigurator endpoint,
        IRegistrationContext context,
        ILogger logger,
        Func<IConnection, CancellationToken, Task> setUp
    )
    {
        endpoint.ClearSerialization();
        endpoint.AddSerializer(new SystemTextJsonMessageSerializerFactory());
        endpoint.AddDeserializer(new EventSerializerFactory(), isDefault: true);
        endpoint.PublishFaults = false;
        endpoint.AddPrePipeSpecification(
            new FilterPipeSpecification<ConsumeContext>(new UnfiledEventFilter(context.GetRequiredService<TimeProvider>(), logger))
        );
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.ConfigureChannel(channel => channel.UseFilter(new ArchiveChannelFilter(setUp)));
        }
    }
}
