using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Monarch.Hosting.Bus.Client;

/// <summary>Keeps what the broker says to an endpoint: its alarms, and why it refuses a declaration.</summary>
sealed class BrokerReportsFilter(BrokerReports reports) : IFilter<ChannelContext>
{
    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        reports.Watch(context.ConnectionContext.Connection);
        try
        {
            await next.Send(context);
        }
        catch (Exception e)
        {
            reports.Failure = e;
            throw;
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("brokerReports");
}
