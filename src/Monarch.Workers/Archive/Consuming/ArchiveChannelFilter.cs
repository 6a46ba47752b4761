using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>Sets up exchange and bindings before the queue is consumed: at start, and after each reconnection.</summary>
sealed class ArchiveChannelFilter(Func<IConnection, CancellationToken, Task> setUp) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        using var channel = new ArchiveChannelContext(context, setUp);
        await next.Send(channel);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("archiveTopology");
}
