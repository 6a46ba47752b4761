using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// The channel that MassTransit consumes from. Of MassTransit's topology only the queue is declared: the exchange with the name of the
/// queue, which MassTransit sends to, is not needed here and could belong to another application.
/// </summary>
sealed class ArchiveChannelContext(ChannelContext channel, Func<IConnection, CancellationToken, Task> setUp)
    : ScopeChannelContext(channel, channel.CancellationToken),
        ChannelContext
{
    Task ChannelContext.ExchangeDeclare(
        string exchange,
        string type,
        bool durable,
        bool autoDelete,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    Task ChannelContext.QueueBind(
        string queue,
        string exchange,
        string routingKey,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    async Task<string> ChannelContext.BasicConsume(
        string queue,
        bool noAck,
        bool exclusive,
        IDictionary<string, object> arguments,
        IAsyncBasicConsumer consumer,
        string consumerTag,
        CancellationToken cancellationToken
    )
    {
        await setUp(ConnectionContext.Connection, cancellationToken);
        return await BasicConsume(queue, noAck, exclusive, arguments, consumer, consumerTag, cancellationToken);
    }
}
