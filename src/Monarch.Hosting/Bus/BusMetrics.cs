using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using MassTransit.Transports;

namespace Monarch.Hosting.Bus;

/// <summary>
/// Measures the bus by OpenTelemetry's semantic conventions for messaging clients, version 1.44.0 (docs/metrics.md). MassTransit's
/// own meter is not exported: it counts what is in flight with counters and measures in milliseconds, which no view can correct.
/// </summary>
sealed class BusMetrics : IReceiveObserver, ISendObserver, IPublishObserver
{
    public const string MeterName = "Monarch.Bus";

    // MassTransit ends the name of a queue that lives as long as its process with an underscore and an id of this length.
    const int IdLength = 26;

    readonly string _system;
    readonly TimeProvider _time;
    readonly Counter<long> _sent,
        _consumed;
    readonly Histogram<double> _sending,
        _processing;

    public BusMetrics(IMeterFactory meters, TimeProvider time, bool hasBroker)
    {
        (_system, _time) = (hasBroker ? "rabbitmq" : "in_memory", time);
        var meter = meters.Create(MeterName);
        _sent = meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Messages sent or published, failures included.");
        _consumed = meter.CreateCounter<long>(
            "messaging.client.consumed.messages",
            "{message}",
            "Messages delivered, redeliveries included."
        );
        _sending = meter.CreateHistogram<double>("messaging.client.operation.duration", "s", "Time until a message was accepted.");
        _processing = meter.CreateHistogram<double>(
            "messaging.process.duration",
            "s",
            "Time in which a consumer or saga handled a message."
        );
    }

    public Task PreReceive(ReceiveContext context)
    {
        _consumed.Add(1, Tags("consume", context.InputAddress, null));
        return Task.CompletedTask;
    }

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Processed(context.ReceiveContext, duration, null);

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Processed(context.ReceiveContext, duration, exception);

    // ConsumeFault has recorded the failure of a consumer.
    public Task ReceiveFault(ReceiveContext context, Exception exception) =>
        context.TryGetPayload<ConsumerFaultContext>(out _) ? Task.CompletedTask : Processed(context, context.ElapsedTime, exception);

    public Task PreSend<T>(SendContext<T> context)
        where T : class => Begin(context);

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Sent("send", context, null);

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Sent("send", context, exception);

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Begin(context);

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => Sent("publish", context, null);

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Sent("publish", context, exception);

    Task Begin(SendContext context)
    {
        context.GetOrAddPayload(() => new SendStart(_time.GetTimestamp()));
        return Task.CompletedTask;
    }

    Task Sent(string operation, SendContext context, Exception? exception)
    {
        var tags = Tags(operation, context.DestinationAddress, exception);
        _sent.Add(1, tags);
        if (context.TryGetPayload<SendStart>(out var start))
        {
            tags.Add("messaging.operation.type", "send");
            _sending.Record(_time.GetElapsedTime(start.Timestamp).TotalSeconds, tags);
        }
        return Task.CompletedTask;
    }

    Task Processed(ReceiveContext context, TimeSpan duration, Exception? exception)
    {
        _processing.Record(duration.TotalSeconds, Tags("process", context.InputAddress, exception));
        return Task.CompletedTask;
    }

    TagList Tags(string operation, Uri? address, Exception? exception)
    {
        TagList tags = new()
        {
            { "messaging.system", _system },
            { "messaging.operation.name", operation },
            { "messaging.destination.name", Destination(address) },
        };
        if (exception is not null)
        {
            tags.Add("error.type", exception.GetType().FullName);
        }

        return tags;
    }

    // Each process has its own temporary queues: the number of their names is unbounded.
    internal static string? Destination(Uri? address)
    {
        var name = address.GetEndpointName();
        return name is not null && IsTemporary(name) ? "(temporary)" : name;
    }

    static bool IsTemporary(string name) =>
        name.Length > IdLength && name[^(IdLength + 1)] == '_' && name[^IdLength..].All(char.IsAsciiLetterOrDigit);

    sealed record SendStart(long Timestamp);
}
