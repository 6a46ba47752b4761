using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// An event that is not filed goes back to its queue, and never to <c>_error</c>: MassTransit lets the end of a cancelled delivery through to
/// the transport, and this makes one of every failure.
/// </summary>
sealed class UnfiledEventFilter(TimeProvider time, ILogger logger) : IFilter<ConsumeContext>
{
    // Between two tries of an event that fails by a bug: it is delivered again at once.
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        try
        {
            await next.Send(context);
        }
        catch (OperationCanceledException)
        {
            throw;
        }
        catch (ConsumerCanceledException)
        {
            // The archive stops, although this delivery was not cancelled.
            throw new OperationCanceledException("The event was not filed and goes back to its queue.");
        }
        catch (Exception e)
        {
            logger.EventNotFiled(e);
            await Task.Delay(Pause, time, context.CancellationToken);
            throw new OperationCanceledException("The event was not filed and goes back to its queue.");
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unfiledEvent");
}
