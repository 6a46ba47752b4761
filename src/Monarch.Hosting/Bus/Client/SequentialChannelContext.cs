using System.Runtime.ExceptionServices;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// A channel that passes one declaration at a time to the client, which sends one at a time in any case. When a declaration fails, the
/// waiting ones fail too.
/// </summary>
sealed class SequentialChannelContext(ChannelContext channel) : ScopeChannelContext(channel, channel.CancellationToken), ChannelContext
{
    // Not disposed: disposing would not wake the waiting calls.
    readonly SemaphoreSlim _turn = new(1, 1);
    Exception? _failure;

    Task ChannelContext.ExchangeDeclare(
        string exchange,
        string type,
        bool durable,
        bool autoDelete,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) =>
        InTurnAsync(
            () => AwaitAsync(ExchangeDeclare(exchange, type, durable, autoDelete, arguments, cancellationToken)),
            cancellationToken
        );

    Task ChannelContext.ExchangeBind(
        string destination,
        string source,
        string routingKey,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => InTurnAsync(() => AwaitAsync(ExchangeBind(destination, source, routingKey, arguments, cancellationToken)), cancellationToken);

    Task<QueueDeclareOk> ChannelContext.QueueDeclare(
        string queue,
        bool durable,
        bool exclusive,
        bool autoDelete,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => InTurnAsync(() => QueueDeclare(queue, durable, exclusive, autoDelete, arguments, cancellationToken), cancellationToken);

    Task ChannelContext.QueueBind(
        string queue,
        string exchange,
        string routingKey,
        IDictionary<string, object> arguments,
        CancellationToken cancellationToken
    ) => InTurnAsync(() => AwaitAsync(QueueBind(queue, exchange, routingKey, arguments, cancellationToken)), cancellationToken);

    async Task<T> InTurnAsync<T>(Func<Task<T>> declare, CancellationToken cancellationToken)
    {
        var earlier = _failure;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Fails with the declaration that it waited for: each attempt could take the client's time-out of 20 seconds.
            if (_failure is { } failure && failure != earlier)
            {
                ExceptionDispatchInfo.Throw(failure);
            }

            return await declare();
        }
        catch (Exception e)
        {
            _failure = e;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    static async Task<bool> AwaitAsync(Task declared)
    {
        await declared;
        return true;
    }
}
