using MassTransit;
using MassTransit.RabbitMqTransport;

namespace Monarch.Hosting.Bus.Client;

/// <summary>Records the broker's alarms, and why it refuses a declaration of an endpoint.</summary>
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
