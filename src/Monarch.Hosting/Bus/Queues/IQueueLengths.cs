namespace Monarch.Hosting.Bus.Queues;

/// <summary>A way to ask the broker how long its queues are.</summary>
interface IQueueLengths
{
    /// <returns>The queues that exist, those of other programs perhaps among them; null when they cannot be asked for in this way now.</returns>
    Task<IReadOnlyList<QueueLength>?> ReadAsync(CancellationToken cancellationToken);
}
