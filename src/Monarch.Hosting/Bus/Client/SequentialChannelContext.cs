using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Monarch.Hosting.Bus.Client;

/// <summary>A channel that passes one declaration at a time to the client, which sends one at a time in any case.</summary>
sealed class SequentialChannelContext(ChannelContext channel) : ScopeChannelContext(channel, channel.CancellationToken), ChannelContext
{
    // Never disposed of: nobody would wake those that wait for it.
    readonly SemaphoreSlim _turn = new(1, 1);

    Task ChannelContext.ExchangeDeclare(
        string exchange, string type, bool durable, bool autoDelete, IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        InTurnAsync(() => Awaited(ExchangeDeclare(exchange, type, durable, autoDelete, arguments, cancellationToken)), cancellationToken);

    Task ChannelContext.ExchangeBind(
        string destination, string source, string routingKey, IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        InTurnAsync(() => Awaited(ExchangeBind(destination, source, routingKey, arguments, cancellationToken)), cancellationToken);

    Task<QueueDeclareOk> ChannelContext.QueueDeclare(
        string queue, bool durable, bool exclusive, bool autoDelete, IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        InTurnAsync(() => QueueDeclare(queue, durable, exclusive, autoDelete, arguments, cancellationToken), cancellationToken);

    Task ChannelContext.QueueBind(
        string queue, string exchange, string routingKey, IDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        InTurnAsync(() => Awaited(QueueBind(queue, exchange, routingKey, arguments, cancellationToken)), cancellationToken);

    async Task<T> InTurnAsync<T>(Func<Task<T>> declare, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await declare();
        }
        finally
        {
            _turn.Release();
        }
    }

    static async Task<bool> Awaited(Task declared)
    {
        await declared;
        return true;
    }
}
