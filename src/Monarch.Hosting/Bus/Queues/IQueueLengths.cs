namespace Monarch.Hosting.Bus.Queues;

/// <summary>Reads the lengths of the broker's queues.</summary>
interface IQueueLengths
{
    /// <returns>The queues that exist, possibly including those of other programs; null when this source is not available now.</returns>
    Task<IReadOnlyList<QueueLength>?> ReadAsync(CancellationToken cancellationToken);
}

/// <summary>How many messages are in a queue.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Ready">Messages that wait for a consumer.</param>
/// <param name="Unacknowledged">Messages in flight; null when unknown.</param>
/// <param name="Consumers">The number of its consumers.</param>
sealed record QueueLength(string Queue, long Ready, long? Unacknowledged, long Consumers);
