using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using Monarch.Redis.Sagas;
using Monarch.Workers.Archive.Consuming;
using Monarch.Workers.Archive.Telemetry;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>Publishes lifecycle events with publisher confirms.</summary>
sealed class LifecyclePublisher(RecentPublications published, TimeProvider time, ILogger<LifecyclePublisher> logger)
{
    const string AppId = "monarch";

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Publishes events on the channel of a delivery; retries until the broker confirms each, or the delivery is lost.
    /// </summary>
    /// <param name="context">The delivery.</param>
    /// <param name="events">The events.</param>
    /// <exception cref="OperationCanceledException">The delivery is lost, or the process stops; the internal event is
    /// redelivered.</exception>
    public async Task PublishAsync(ConsumeContext context, IEnumerable<LifecycleEvent> events)
    {
        var channel = context.ReceiveContext.GetPayload<ChannelContext>();
        foreach (var lifecycle in events)
        {
            var id = lifecycle.Id;
            if (!published.Contains(id))
            {
                await PublishAsync(channel, lifecycle, id, context.CancellationToken);
                published.Add(id);
            }
        }
    }

    async Task PublishAsync(ChannelContext channel, LifecycleEvent lifecycle, string id, CancellationToken cancellationToken)
    {
        var body = lifecycle.Body();
        for (var isFirst = true; ; isFirst = false)
        {
            var properties = new BasicProperties
            {
                MessageId = id,
                AppId = AppId,
                ContentType = "application/json",
                Type = lifecycle.Key,
                Persistent = true,
                Timestamp = new(lifecycle.Timestamp.ToUnixTimeSeconds()),
            };
            if (MessageTrace.Current?.Parent is { } trace)
            {
                properties.Headers = new Dictionary<string, object?> { [TraceParent.Header] = trace };
            }

            try
            {
                // Without the token, because cancelling could lose the confirmation and the order of later ones.
                await channel
                    .BasicPublishAsync(
                        ArchiveTopology.LifecycleExchange,
                        lifecycle.Key,
                        mandatory: false,
                        properties,
                        body,
                        awaitAck: true,
                        CancellationToken.None
                    )
                    .WaitAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                if (isFirst)
                {
                    logger.LifecycleNotPublished(lifecycle.Key, id, e.Message.TrimEnd('.'));
                }

                // A closed channel cancels the delivery and this wait.
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
