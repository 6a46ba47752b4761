using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Redis.Sagas;
using Monarch.Workers.Archive.Consuming;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>Posts an event until the receiver has it or refuses it. It is acknowledged only then.</summary>
sealed class ForwardConsumer(
    EventPoster poster, ForwardState state, ForwardInstruments instruments, IOptions<ArchiveOptions> options, TimeProvider time, ILogger<ForwardConsumer> logger)
    : IConsumer<PublishedEvent>
{
    static readonly ActivitySource Activities = new("Monarch");
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    // RabbitMQ closes the channel of a consumer that keeps a message for thirty minutes.
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
            state.Note(answer);
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

            // Not all at once when the receiver is back.
            await WaitAsync(answer.RetryAfter is null ? pause * (0.5 + (Random.Shared.NextDouble() / 2)) : TimeSpan.Zero, since, context.CancellationToken);
        }
    }

    async Task RefuseAsync(ConsumeContext<PublishedEvent> context, string reason)
    {
        await RefusedEvents.MoveAsync(context, reason);
        instruments.Forwarded(ForwardOutcome.Refused);
        logger.EventRefused(context.Message.RoutingKey, context.Message.MessageId, reason);
    }

    /// <exception cref="OperationCanceledException">The process stops, the delivery is lost, or it was held for long: it is delivered
    /// again.</exception>
    async Task WaitAsync(TimeSpan pause, long since, CancellationToken cancellationToken)
    {
        var left = LongestHold - time.GetElapsedTime(since);
        if (pause < left)
        {
            await Task.Delay(pause, time, cancellationToken);
            return;
        }

        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
        throw new OperationCanceledException("The event goes back to its queue: it was held for ten minutes.");
    }
}
