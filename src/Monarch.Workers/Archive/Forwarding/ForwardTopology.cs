using Monarch.Workers.Archive.Consuming;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>The queue of events to forward, with the bindings of the archive's queue, and the queue of refused events.</summary>
sealed class ForwardTopology(ArchiveTopology archive)
{
    /// <summary>The queue of events to forward.</summary>
    public const string Queue = "archive-forward";

    /// <summary>The queue of refused events, with the reason in a header.</summary>
    public const string RefusedQueue = "archive-forward-refused";

    /// <summary>Sets up exchanges, bindings and the queue of refused events. The queue of events to forward exists.</summary>
    /// <param name="connection">The connection that the queue will be consumed from.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task UseAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken))
        {
            await channel.QueueDeclareAsync(
                RefusedQueue,
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
                cancellationToken: cancellationToken
            );
        }

        await archive.AlsoBindAsync(connection, Queue, cancellationToken);
    }
}
