using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>Moves refused events to a separate queue.</summary>
static class RefusedEvents
{
    /// <summary>The reason of the refusal.</summary>
    public const string ReasonHeader = "monarch-refused";

    /// <summary>The exchange that the event was published to.</summary>
    public const string ExchangeHeader = "monarch-exchange";

    /// <summary>The routing key of the event.</summary>
    public const string KeyHeader = "monarch-routing-key";

    /// <summary>Moves a delivery with unchanged body and properties; returns when the broker has confirmed it.</summary>
    public static async Task MoveAsync(ConsumeContext context, string reason)
    {
        var delivery = (RabbitMqBasicConsumeContext)context.ReceiveContext;
        var properties = new BasicProperties(delivery.Properties) { Persistent = true };
        // Neither applies to the other queue.
        properties.ClearExpiration();
        properties.ClearUserId();
        properties.Headers = new Dictionary<string, object?>(delivery.Properties.Headers ?? new Dictionary<string, object?>())
        {
            [ReasonHeader] = reason,
            [ExchangeHeader] = delivery.Exchange,
            [KeyHeader] = delivery.RoutingKey,
        };
        await context
            .ReceiveContext.GetPayload<ChannelContext>()
            .BasicPublishAsync(
                "",
                ForwardTopology.RefusedQueue,
                mandatory: true,
                properties,
                context.ReceiveContext.GetBody(),
                awaitAck: true,
                CancellationToken.None
            )
            .WaitAsync(context.CancellationToken);
    }
}
