using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Telemetry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>An exchange that is shared with other applications and used with any type and properties.</summary>
static class TopicExchange
{
    const int NotFound = 404;
    const int PreconditionFailed = 406;

    /// <summary>Declares a durable topic exchange if it does not exist.</summary>
    /// <param name="connection">The connection to open channels on.</param>
    /// <param name="exchange">Its name.</param>
    /// <param name="logger">Logs the declaration.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task EnsureAsync(IConnection connection, string exchange, ILogger logger, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(connection, exchange, cancellationToken))
        {
            return;
        }

        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.ExchangeDeclareAsync(
                exchange,
                ExchangeType.Topic,
                durable: true,
                autoDelete: false,
                cancellationToken: cancellationToken
            );
            logger.ExchangeDeclared(exchange);
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == PreconditionFailed)
        {
            // A publisher has declared it meanwhile, with other properties.
        }
    }

    /// <summary>Binds a queue to an exchange, which is declared if it does not exist.</summary>
    /// <param name="connection">The connection to open channels on.</param>
    /// <param name="queue">The queue, which exists.</param>
    /// <param name="exchange">The exchange.</param>
    /// <param name="keys">The binding keys.</param>
    /// <param name="logger">Logs the declaration.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task BindAsync(
        IConnection connection,
        string queue,
        string exchange,
        IReadOnlyList<string> keys,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        await EnsureAsync(connection, exchange, logger, cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        foreach (var key in keys)
        {
            await channel.QueueBindAsync(queue, exchange, key, cancellationToken: cancellationToken);
        }
    }

    // On a separate channel, because the broker closes it if the exchange does not exist.
    static async Task<bool> ExistsAsync(IConnection connection, string exchange, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            await channel.ExchangeDeclarePassiveAsync(exchange, cancellationToken);
            return true;
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == NotFound)
        {
            return false;
        }
    }
}
