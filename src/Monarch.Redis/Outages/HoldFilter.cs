using MassTransit;

namespace Monarch.Redis.Outages;

/// <summary>Retries a message every second while Redis is unavailable, or the transport cannot send.</summary>
sealed class HoldFilter(TimeSpan longest, TimeProvider time, CancellationToken stopping) : IFilter<ConsumeContext>
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                await next.Send(new HeldConsumeContext(context));
                return;
            }
            // Bounded by time, not by a number of attempts: when Redis hangs, each attempt is slow.
            catch (Exception e) when (HeldFailure.IsBehind(e) && time.GetElapsedTime(since) < longest && !stopping.IsCancellationRequested)
            { }
            await Task.Delay(Pause, time, context.CancellationToken);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("holdWhileRedisIsAway");
}
