using MassTransit;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Lets go of a message as soon as its delivery is lost with the channel: nobody can acknowledge it any more, and the broker gives it
/// to somebody again. RabbitMQ.Client closes the channels of a lost connection one after the other, and waits for all that a channel has
/// in hand before it tells the next one's publishers that their confirmations will not come. A consumer that publishes would wait for
/// itself.
/// </summary>
sealed class LostDeliveryFilter : IFilter<ConsumeContext>
{
    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var lost = context.CancellationToken;
        var handling = next.Send(new LosableConsumeContext(context, lost));
        try
        {
            await handling.WaitAsync(lost);
        }
        finally
        {
            // What has been let go ends some time, and nobody is there to hear how.
            _ = handling.ContinueWith(x => x.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("lostDelivery");
}
