using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// The problems that the broker itself reports: why it refuses a connection, or why it accepts no messages. Logged when they change.
/// </summary>
sealed class BrokerReports(ILogger<BrokerReports> logger)
{
    readonly Lock _gate = new();
    readonly ConditionalWeakTable<IConnection, object> _watched = [];
    (IConnection? Connection, string? Reason) _alarm;

    /// <summary>Why the broker refuses connections or declarations, with the remedy; null when it accepts them.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The last failure of an endpoint; null while the bus is connected.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Why the broker accepts no messages of a connection, such as <c>low on memory</c>; null when it accepts them.</summary>
    public string? BlockedBy
    {
        get
        {
            lock (_gate)
            {
                return _alarm.Connection is { IsOpen: true } ? _alarm.Reason : null;
            }
        }
    }

    /// <summary>The bus is connected, or the broker is unreachable: earlier reports are stale.</summary>
    public void Clear() => (Refusal, Failure) = (null, null);

    public void Record(string? refusal)
    {
        // Null between two attempts.
        if (refusal is not null && refusal != Refusal)
        {
            Refusal = refusal;
            Log.BrokerRefuses(logger, refusal);
        }
    }

    /// <summary>Subscribes to the broker's alarms, once for each connection.</summary>
    public void Watch(IConnection connection)
    {
        if (_watched.TryAdd(connection, this))
        {
            connection.ConnectionBlockedAsync += BlockAsync;
            connection.ConnectionUnblockedAsync += UnblockAsync;
        }
    }

    Task BlockAsync(object connection, ConnectionBlockedEventArgs blocked)
    {
        lock (_gate)
        {
            _alarm = (connection as IConnection, blocked.Reason);
        }

        Log.BrokerBlocks(logger, blocked.Reason);
        return Task.CompletedTask;
    }

    Task UnblockAsync(object connection, AsyncEventArgs unblocked)
    {
        lock (_gate)
        {
            _alarm = default;
        }

        Log.BrokerUnblocks(logger);
        return Task.CompletedTask;
    }
}
