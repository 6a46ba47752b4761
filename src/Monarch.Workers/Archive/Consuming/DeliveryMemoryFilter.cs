using MassTransit;
using Monarch.Hosting.Bus.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>Limits the memory of deliveries in flight. A delivery that exceeds it is returned to its queue.</summary>
sealed class DeliveryMemoryFilter(DeliveryMemory memory) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var bytes = context.Body.Length ?? 0;
        if (!memory.TryAdd(bytes))
        {
            throw new OperationCanceledException("The event is returned to its queue: events in flight use too much memory.");
        }

        try
        {
            await next.Send(context);
        }
        finally
        {
            memory.Remove(bytes);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("deliveryMemory");
}
