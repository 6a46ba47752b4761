using MassTransit;
using MassTransit.RabbitMqTransport;
using Microsoft.Extensions.Logging;
using Monarch.Workers.Archive.Consuming;

namespace Monarch.Workers.Archive.Lifecycle;

/// <summary>
/// Declares the exchange of lifecycle events before the queue is consumed: at start, and after each lost channel.
/// </summary>
sealed class LifecycleExchangeFilter(ILogger logger) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        await TopicExchange.EnsureAsync(
            context.ConnectionContext.Connection,
            ArchiveTopology.LifecycleExchange,
            logger,
            context.CancellationToken
        );
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("lifecycleExchange");
}
