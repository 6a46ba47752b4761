using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Sagas;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Settings;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>Posts an event until the receiver accepts or refuses it, and acknowledges it then.</summary>
sealed class ForwardConsumer(
    EventPoster poster,
    ForwardState state,
    ForwardInstruments instruments,
    IOptions<ArchiveOptions> options,
    TimeProvider time,
    ILogger<ForwardConsumer> logger
) : IConsumer<PublishedEvent>
{
    static readonly ActivitySource Activities = new("Monarch");
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    // RabbitMQ closes the channel after thirty minutes without an acknowledgement.
    static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);

    public async Task Consume(ConsumeContext<PublishedEvent> context)
    {
        var published = context.Message;
        if (published.Body.Length > options.Value.MaxBytes)
        {
            await RefuseAsync(context, $"larger than {options.Value.MaxBytes} bytes (ARCHIVE_MAX_BYTES)");
            return;
        }

        using var span = Activities.StartActivity("forward event", ActivityKind.Consumer, TraceParent.Of(published.Headers));
        var since = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await WaitAsync(state.Pause, since, context.CancellationToken);
            var answer = await poster.PostAsync(published, context.CancellationToken);
            state.Record(answer);
            if (answer.Outcome == ForwardOutcome.Refused)
            {
                await RefuseAsync(context, answer.Reason);
                return;
            }

            instruments.Forwarded(answer.Outcome);
            if (answer.Outcome == ForwardOutcome.Delivered)
            {
                return;
            }

            // Jitter, so that consumers do not retry simultaneously.
            await WaitAsync(
                answer.RetryAfter is null ? pause * (0.5 + (Random.Shared.NextDouble() / 2)) : TimeSpan.Zero,
                since,
                context.CancellationToken
            );
        }
    }

    async Task RefuseAsync(ConsumeContext<PublishedEvent> context, string reason)
    {
        await RefusedEvents.MoveAsync(context, reason);
        instruments.Forwarded(ForwardOutcome.Refused);
        logger.EventRefused(context.Message.RoutingKey, context.Message.MessageId, reason);
    }

    /// <exception cref="OperationCanceledException">The process stops, the delivery is lost, or it was held for too long; the event is
    /// redelivered.</exception>
    async Task WaitAsync(TimeSpan pause, long since, CancellationToken cancellationToken)
    {
        var left = LongestHold - time.GetElapsedTime(since);
        if (pause < left)
        {
            await Task.Delay(pause, time, cancellationToken);
            return;
        }

        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
        throw new OperationCanceledException("The event is returned to its queue: it was held for ten minutes.");
    }
}
