using System.Collections.Concurrent;

namespace Monarch.Hosting.Bus;

/// <summary>
/// The connections that have ended and whose end RabbitMQ.Client has not yet told to everybody who uses them. Whom it does not tell waits
/// for the broker for ever, and counts as connected.
/// </summary>
sealed class BrokerEnds(TimeProvider time)
{
    readonly ConcurrentDictionary<BrokerSocket, long> _begun = new();

    /// <summary>How long the telling of the oldest one takes so far.</summary>
    public TimeSpan Longest => _begun.Values.Select(begun => time.GetElapsedTime(begun)).DefaultIfEmpty().Max();

    public void Begin(BrokerSocket connection) => _begun[connection] = time.GetTimestamp();

    public void Finish(BrokerSocket connection) => _begun.TryRemove(connection, out _);
}
