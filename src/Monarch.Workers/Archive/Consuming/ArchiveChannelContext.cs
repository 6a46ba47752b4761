using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// The channel that MassTransit consumes from. Of what it would set up only the queue is declared: the exchange of the queue's own name, which
/// MassTransit sends to, is of no use here, and could be another's.
/// </summary>
sealed class ArchiveChannelContext(ChannelContext channel, Func<IConnection, CancellationToken, Task> setUp)
    : ScopeChannelContext(channel, channel.CancellationToken), ChannelContext
{
    Task ChannelContext.ExchangeDeclare(
        string exchange, string type, bool durable, bool autoDelete, IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    Task ChannelContext.QueueBind(
        string queue, string exchange, string routingKey, IDictionary<string, object> arguments, CancellationToken cancellationToken) => Task.CompletedTask;

    async Task<string> ChannelContext.BasicConsume(
        string queue, bool noAck, bool exclusive, IDictionary<string, object> arguments, IAsyncBasicConsumer consumer, string consumerTag,
        CancellationToken cancellationToken)
    {
        await setUp(ConnectionContext.Connection, cancellationToken);
        return await BasicConsume(queue, noAck, exclusive, arguments, consumer, consumerTag, cancellationToken);
    }
}
