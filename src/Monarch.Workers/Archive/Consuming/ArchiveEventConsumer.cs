using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Options;
using Monarch.Redis.Sagas;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Filing;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>Files an event. The message is acknowledged when its file is durable.</summary>
sealed class ArchiveEventConsumer(EventArchive archive, IOptions<ArchiveOptions> options) : IConsumer<PublishedEvent>
{
    static readonly ActivitySource Activities = new("Monarch");

    public async Task Consume(ConsumeContext<PublishedEvent> context)
    {
        var published = context.Message;
        using var activity = Activities.StartActivity(
            $"archive {options.Value.Queue}",
            ActivityKind.Consumer,
            TraceParent.Of(published.Headers)
        );
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("messaging.system", "rabbitmq");
            activity.SetTag("messaging.operation.name", "archive");
            activity.SetTag("messaging.destination.name", published.Exchange);
            activity.SetTag("messaging.rabbitmq.destination.routing_key", published.RoutingKey);
            activity.SetTag("messaging.message.id", published.MessageId);
        }

        var outcome = await archive.FileAsync(published, context.CancellationToken);
        activity?.SetTag("monarch.archive.outcome", $"{outcome}".ToLowerInvariant());
    }
}
