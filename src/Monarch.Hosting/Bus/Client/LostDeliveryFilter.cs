using MassTransit;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// Stops waiting for the handling of a message when its channel is closed: it can no longer be acknowledged, and the broker redelivers it.
/// RabbitMQ.Client closes the channels of a lost connection one after the other, and waits for every message that a channel has in flight
/// before it fails the pending publishes of the next one. A consumer that publishes would wait for itself.
/// </summary>
sealed class LostDeliveryFilter : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var delivery = new LosableConsumeContext(context);
        var handling = next.Send(delivery);
        try
        {
            await handling.WaitAsync(delivery.CancellationToken);
        }
        finally
        {
            // Observes the failure of a handling that is not awaited.
            _ = handling.ContinueWith(
                x => x.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default
            );
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("lostDelivery");
}
