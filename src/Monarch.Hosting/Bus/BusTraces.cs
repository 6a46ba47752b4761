using MassTransit;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Traces the bus with one span for each handled message. MassTransit's own spans are not exported: there are three for each message,
/// and each is the child of the previous one, so that a migration would be a chain of thousands.
/// </summary>
static class BusTraces
{
    /// <summary>The name of the spans' source.</summary>
    public const string SourceName = "Monarch.Bus";

    /// <summary>Adds the current trace to the headers of messages that are sent or published.</summary>
    public static void SendTraces(this IBusFactoryConfigurator bus)
    {
        bus.ConfigureSend(send => send.UseExecute(TraceHeaders.Write));
        bus.ConfigurePublish(publish => publish.UseExecute(TraceHeaders.Write));
    }

    /// <summary>Continues the trace of each message of an endpoint, outside of all other filters.</summary>
    public static void ContinueTraces(this IReceiveEndpointConfigurator endpoint, bool hasBroker) =>
        endpoint.ConfigureReceive(receive => receive.UseFilter(new TraceFilter(hasBroker)));
}
