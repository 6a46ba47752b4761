using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Telemetry;

/// <summary>
/// Logs that the collector is unreachable, which OpenTelemetry reports as events only: once for traces and once for metrics, then once an
/// hour. A collector that accepts only one of the two must not hide the loss of the other.
/// </summary>
sealed class CollectorWatch(TimeProvider time, ILogger<CollectorWatch> logger) : EventListener, IHostedService
{
    const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    const int LongestCause = 200;

    static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, long> _warnedAt = new();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Also called for existing sources, before the constructor has completed.
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name != Exporter)
        {
            return;
        }

        var parts = eventData.Payload?.OfType<string>().ToList() ?? [];
        var endpoint = parts.Count > 1 ? parts[0] : "the collector";
        var signal = Signal(endpoint);
        if (IsDue(signal))
        {
            Log.CollectorUnreachable(logger, signal, endpoint, Cause(parts.LastOrDefault() ?? eventData.EventName ?? "unknown"));
        }
    }

    // The endpoints of OTLP over HTTP and over gRPC.
    static string Signal(string endpoint) =>
        EndsWith(endpoint, "/v1/traces", ".TraceService/Export") ? "Traces"
        : EndsWith(endpoint, "/v1/metrics", ".MetricsService/Export") ? "Metrics"
        : "Traces or metrics";

    static bool EndsWith(string endpoint, string http, string grpc) =>
        endpoint.EndsWith(http, StringComparison.Ordinal) || endpoint.EndsWith(grpc, StringComparison.Ordinal);

    bool IsDue(string signal)
    {
        var now = time.GetTimestamp();
        if (_warnedAt.TryGetValue(signal, out var at))
        {
            return time.GetElapsedTime(at, now) >= Silence && _warnedAt.TryUpdate(signal, now, at);
        }

        return _warnedAt.TryAdd(signal, now);
    }

    // The text is an exception with its stack: the first line has the message.
    static string Cause(string text)
    {
        var line = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length).Trim().TrimEnd('.');
        return line.Length > LongestCause ? $"{line[..LongestCause]}…" : line.ToString();
    }
}
