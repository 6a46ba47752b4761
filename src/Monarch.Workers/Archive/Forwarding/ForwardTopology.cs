using Monarch.Workers.Archive.Consuming;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>The queue of events that are forwarded, bound as the archive's is, and the queue of those that the receiver refuses.</summary>
sealed class ForwardTopology(ArchiveTopology archive)
{
    /// <summary>Events that wait to be posted.</summary>
    public const string Queue = "archive-forward";

    /// <summary>Events that the receiver refused, each with the reason in a header.</summary>
    public const string RefusedQueue = "archive-forward-refused";

    /// <summary>Sets up exchanges, bindings and the second queue. The first exists.</summary>
    /// <param name="connection">The connection that the queue will be consumed from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task UseAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            await channel.QueueDeclareAsync(
                RefusedQueue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
                cancellationToken: cancellationToken);
        }

        await archive.AlsoBindAsync(connection, Queue, cancellationToken);
    }
}
