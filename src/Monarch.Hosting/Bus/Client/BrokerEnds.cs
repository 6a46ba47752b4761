using System.Collections.Concurrent;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// The connections that have ended and that RabbitMQ.Client is still closing. It notifies its channels one after the other; when it hangs
/// at one, the others count as connected and wait for ever.
/// </summary>
sealed class BrokerEnds(TimeProvider time)
{
    readonly ConcurrentDictionary<BrokerSocket, long> _ended = new();

    /// <summary>For how long the oldest of them has been closing; zero when there is none.</summary>
    public TimeSpan Longest => _ended.Values.Select(ended => time.GetElapsedTime(ended)).DefaultIfEmpty().Max();

    public void Add(BrokerSocket connection) => _ended[connection] = time.GetTimestamp();

    public void Remove(BrokerSocket connection) => _ended.TryRemove(connection, out _);
}
