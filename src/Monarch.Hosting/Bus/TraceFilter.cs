using System.Diagnostics;
using MassTransit;
using Monarch.Contracts;
using Monarch.Redis.Sagas;
using OpenTelemetry;

namespace Monarch.Hosting.Bus;

/// <summary>Starts a span for each handled message, which includes its retries. Its parent is the span in the message's headers.</summary>
sealed class TraceFilter(bool hasBroker) : IFilter<ReceiveContext>
{
    // Foreign events have no envelope; their consumers continue the traces.
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
        // Workers publish these reports every few seconds; they belong to no migration.
        using var suppressed = parent is null && queue == EndpointNames.CredentialProjection ? SuppressInstrumentationScope.Begin() : null;
        // Without a parent the span starts a trace, regardless of the current activity.
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
