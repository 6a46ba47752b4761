using Monarch.Testing.Proxies;

namespace Monarch.Testing.Amqp;

/// <summary>
/// Records deliveries to the consumers behind a <see cref="TcpProxy"/>, and their outcomes. An acknowledgement is recorded before it is
/// passed on to the broker.
/// </summary>
public sealed class AmqpRecord
{
    readonly Lock _gate = new();
    readonly List<AmqpDelivery> _acknowledged = [];
    readonly HashSet<string> _ids = [];
    int _deliveries,
        _redeliveries,
        _returned,
        _withId;

    /// <summary>A proxy whose connections are recorded here.</summary>
    /// <param name="port">Where the broker listens on 127.0.0.1.</param>
    public TcpProxy ProxyTo(int port) => new(port, () => new AmqpTap(this).Pass);

    /// <summary>How many messages were delivered, redeliveries included.</summary>
    public int Deliveries => Volatile.Read(ref _deliveries);

    /// <summary>How many of them the broker had delivered before.</summary>
    public int Redeliveries => Volatile.Read(ref _redeliveries);

    /// <summary>How many were refused or returned by the consumer.</summary>
    public int Returned => Volatile.Read(ref _returned);

    /// <summary>What was acknowledged so far, oldest first.</summary>
    public IReadOnlyList<AmqpDelivery> Acknowledged
    {
        get
        {
            lock (_gate)
            {
                return [.. _acknowledged];
            }
        }
    }

    /// <summary>How many deliveries were acknowledged so far.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _acknowledged.Count;
            }
        }
    }

    /// <summary>
    /// How many messages were acknowledged so far, each id once; a message without an id that is delivered again counts again.
    /// </summary>
    public int Messages
    {
        get
        {
            lock (_gate)
            {
                return _ids.Count + _acknowledged.Count - _withId;
            }
        }
    }

    internal DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal void Add(AmqpDelivery delivery)
    {
        Interlocked.Increment(ref _deliveries);
        if (delivery.IsRedelivered)
        {
            Interlocked.Increment(ref _redeliveries);
        }
    }

    internal void Answer(AmqpDelivery delivery, bool isAcknowledged)
    {
        if (!isAcknowledged)
        {
            Interlocked.Increment(ref _returned);
            return;
        }

        lock (_gate)
        {
            _acknowledged.Add(delivery);
            if (delivery.MessageId is not null)
            {
                _withId++;
                _ids.Add(delivery.MessageId);
            }
        }
    }
}
