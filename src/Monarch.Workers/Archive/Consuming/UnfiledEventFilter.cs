using MassTransit;
using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Telemetry;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>
/// Returns an event that could not be filed to its queue, never to <c>_error</c>: MassTransit passes the exception of a cancelled delivery
/// to the transport, so every failure is converted to one.
/// </summary>
sealed class UnfiledEventFilter(TimeProvider time, ILogger logger) : IFilter<ConsumeContext>
{
    // Before the redelivery of an event that fails by a bug, which would be immediate.
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
            // The archive is stopping, although this delivery was not cancelled.
            throw new OperationCanceledException("The event was not filed and is returned to its queue.");
        }
        catch (Exception e)
        {
            logger.EventNotFiled(e);
            await Task.Delay(Pause, time, context.CancellationToken);
            throw new OperationCanceledException("The event was not filed and is returned to its queue.");
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("unfiledEvent");
}
