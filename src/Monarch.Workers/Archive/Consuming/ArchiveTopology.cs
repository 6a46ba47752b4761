using System.Collections.Concurrent;
using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Workers.Archive.Settings;
using Monarch.Workers.Archive.Telemetry;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// The exchange that the events are published to, and its bindings to the archive's queue. The exchange belongs to its publishers: it is
/// used with any type and properties, and declared only if it does not exist.
/// </summary>
sealed class ArchiveTopology(IOptions<ArchiveOptions> options, ILogger<ArchiveTopology> logger)
{
    /// <summary>The exchange of Monarch's own events.</summary>
    public const string LifecycleExchange = "monarch_events";

    const string TemporaryName = "archive-temporary_";

    readonly ArchiveOptions _options = options.Value;
    readonly ConcurrentDictionary<string, bool> _others = new(StringComparer.Ordinal);
    volatile IConnection? _connection;

    /// <summary>Whether the queue is deleted with this process.</summary>
    public bool IsTemporary => _options.IsTemporary;

    /// <summary>The queue's name; a temporary queue has a unique name in each process, with a suffix in MassTransit's format.</summary>
    public string Queue { get; } =
        options.Value.IsTemporary
            ? TemporaryName + string.Create(CultureInfo.InvariantCulture, $"{NewId.Next().ToString(MassTransit.Util.FormatUtil.Formatter)}")
            : options.Value.Queue;

    /// <summary>The connection that the queue is consumed from; null while there is none.</summary>
    public IConnection? Connection => _connection is { IsOpen: true } open ? open : null;

    /// <summary>Sets up exchange and bindings on a new connection. The queue exists.</summary>
    /// <param name="connection">The connection that the queue will be consumed from.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task UseAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await BindAsync(connection, Queue, cancellationToken);
        _connection = connection;
        logger.ArchiveConsumes(_options.Exchange, string.Join(", ", _options.Bindings()), Queue);
    }

    /// <summary>Adds the same bindings to another existing queue. They are restored like those of the archive's queue.</summary>
    /// <param name="connection">A connection.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task AlsoBindAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        _others[queue] = true;
        return BindAsync(connection, queue, cancellationToken);
    }

    /// <summary>
    /// Restores a missing exchange and missing bindings: an exchange that was deleted and recreated has lost its bindings.
    /// </summary>
    /// <param name="connection">A connection.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task AssertAsync(IConnection connection, CancellationToken cancellationToken)
    {
        foreach (var queue in _others.Keys.Prepend(Queue))
        {
            await BindAsync(connection, queue, cancellationToken);
        }
    }

    /// <summary>Counts the messages that are ready in the queue.</summary>
    /// <param name="connection">A connection; for a temporary queue, the one that consumes it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<long> CountAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        return (await channel.QueueDeclarePassiveAsync(Queue, cancellationToken)).MessageCount;
    }

    async Task BindAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await TopicExchange.BindAsync(connection, queue, _options.Exchange, _options.Bindings(), logger, cancellationToken);
        if (_options.Lifecycle)
        {
            await TopicExchange.BindAsync(connection, queue, LifecycleExchange, ["#"], logger, cancellationToken);
        }
    }
}
