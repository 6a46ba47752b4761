using System.Collections.Concurrent;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// The lost connections that RabbitMQ.Client is still closing. It notifies its channels one after the other; when it hangs at one of
/// them, the others still count as connected and wait indefinitely.
/// </summary>
sealed class BrokerEnds(TimeProvider time)
{
    readonly ConcurrentDictionary<BrokerSocket, long> _ended = new();

    /// <summary>How long the oldest of them has been closing; zero when there is none.</summary>
    public TimeSpan Longest => _ended.Values.Select(ended => time.GetElapsedTime(ended)).DefaultIfEmpty().Max();

    public void Add(BrokerSocket connection) => _ended[connection] = time.GetTimestamp();

    public void Remove(BrokerSocket connection) => _ended.TryRemove(connection, out _);
}
