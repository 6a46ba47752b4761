using System.Diagnostics;
using MassTransit;
using Monarch.Contracts;
using Monarch.Redis;
using OpenTelemetry;

namespace Monarch.Hosting.Bus;

/// <summary>A span for each message that is handled, with the retries inside. Its parent is the one that the message carries.</summary>
sealed class TraceFilter(bool hasBroker) : IFilter<ReceiveContext>
{
    // Foreign events have none: who consumes them continues their traces.
    const string EnvelopeType = "application/vnd.masstransit+json";

    static readonly ActivitySource Source = new(BusTraces.SourceName);

    public async Task Send(ReceiveContext context, IPipe<ReceiveContext> next)
    {
        if (!IsEnvelope(context))
        {
            await next.Send(context);
            return;
        }

        var (parent, tags) = TraceHeaders.Read(context.TransportHeaders);
        using var trace = MessageTrace.Begin(parent, tags);
        var queue = BusMetrics.Destination(context.InputAddress);
        // Reports that workers make every few seconds, of no migration.
        using var quiet = parent is null && queue == EndpointNames.CredentialProjection ? SuppressInstrumentationScope.Begin() : null;
        // Without a parent it begins a trace, whatever runs in this process.
        Activity.Current = null;
        using var span = Source.StartActivity($"process {queue}", ActivityKind.Consumer, TraceParent.Of(parent));
        trace.Span = span;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("messaging.system", hasBroker ? "rabbitmq" : "in_memory");
            span.SetTag("messaging.operation.name", "process");
            span.SetTag("messaging.operation.type", "process");
            span.SetTag("messaging.destination.name", queue);
            span.SetTag("messaging.message.redelivered", context.Redelivered ? true : null);
        }

        await next.Send(context);
        if (context.IsFaulted)
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("trace");

    static bool IsEnvelope(ReceiveContext context)
    {
        try
        {
            return context.ContentType?.MediaType == EnvelopeType;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
