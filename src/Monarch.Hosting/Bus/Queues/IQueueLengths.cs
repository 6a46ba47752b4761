namespace Monarch.Hosting.Bus.Queues;

/// <summary>Reads the lengths of the broker's queues.</summary>
interface IQueueLengths
{
    /// <returns>The queues that exist, possibly including those of other programs; null when this source is not available now.</returns>
    Task<IReadOnlyList<QueueLength>?> ReadAsync(CancellationToken cancellationToken);
}
