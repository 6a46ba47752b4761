using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Monarch.Hosting.Bus.Client;

/// <summary>
/// Declares the exchanges and bindings of an endpoint one after the other. MassTransit declares them concurrently; the client sends
/// one, and the others wait for a semaphore. When the connection is lost meanwhile, MassTransit disposes of the channel and its semaphore;
/// a waiting declaration then never completes, in spite of the client's time-out, and the endpoint does not reconnect.
/// </summary>
sealed class SequentialDeclarationFilter : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        using var channel = new SequentialChannelContext(context);
        await next.Send(channel);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("sequentialDeclaration");
}
