using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>Moves events that the receiver refuses to a queue of their own.</summary>
static class RefusedEvents
{
    /// <summary>Why it was refused.</summary>
    public const string ReasonHeader = "monarch-refused";

    /// <summary>The exchange that it was published to.</summary>
    public const string ExchangeHeader = "monarch-exchange";

    /// <summary>The key that it was published with.</summary>
    public const string KeyHeader = "monarch-routing-key";

    /// <summary>Moves a delivery, with its body and properties as they came; returns when the broker has confirmed it.</summary>
    public static async Task MoveAsync(ConsumeContext context, string reason)
    {
        var delivery = (RabbitMqBasicConsumeContext)context.ReceiveContext;
        var properties = new BasicProperties(delivery.Properties) { Persistent = true };
        // Neither would be true of the second queue.
        properties.ClearExpiration();
        properties.ClearUserId();
        properties.Headers = new Dictionary<string, object?>(delivery.Properties.Headers ?? new Dictionary<string, object?>())
        {
            [ReasonHeader] = reason,
            [ExchangeHeader] = delivery.Exchange,
            [KeyHeader] = delivery.RoutingKey,
        };
        await context.ReceiveContext.GetPayload<ChannelContext>()
            .BasicPublishAsync("", ForwardTopology.RefusedQueue, mandatory: true, properties, context.ReceiveContext.GetBody(), awaitAck: true, CancellationToken.None)
            .WaitAsync(context.CancellationToken);
    }
}
