using MassTransit;
using Monarch.Hosting.Bus.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>Counts the bodies in flight. A delivery that there is no memory for goes back to its queue.</summary>
sealed class DeliveryMemoryFilter(DeliveryMemory memory) : IFilter<ReceiveContext>
{
    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        var bytes = context.Body.Length ?? 0;
        if (!memory.TryAdd(bytes))
        {
            throw new OperationCanceledException("The event goes back to its queue: too much memory is held by events that are not filed yet.");
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
