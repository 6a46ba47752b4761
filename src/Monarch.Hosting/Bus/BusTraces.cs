using MassTransit;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Traces the bus with one span for each message that is handled. MassTransit's own spans are not exported: there are three for each
/// message, and each is the child of the one before it, so that a migration would be a chain of thousands.
/// </summary>
static class BusTraces
{
    /// <summary>The name of the spans' source.</summary>
    public const string SourceName = "Monarch.Bus";

    /// <summary>Lets what is sent and published carry the trace that it belongs to.</summary>
    public static void SendTraces(this IBusFactoryConfigurator bus)
    {
        bus.ConfigureSend(send => send.UseExecute(TraceHeaders.Write));
        bus.ConfigurePublish(publish => publish.UseExecute(TraceHeaders.Write));
    }

    /// <summary>Continues the trace of each message of an endpoint, outside of everything else.</summary>
    public static void ContinueTraces(this IReceiveEndpointConfigurator endpoint, bool hasBroker) =>
        endpoint.ConfigureReceive(receive => receive.UseFilter(new TraceFilter(hasBroker)));
}
