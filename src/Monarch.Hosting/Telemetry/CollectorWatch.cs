using System.Diagnostics.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Telemetry;

/// <summary>
/// Logs that the collector cannot be reached, which OpenTelemetry reports as events only: once, and once an hour for as long as it lasts.
/// </summary>
sealed class CollectorWatch(TimeProvider time, ILogger<CollectorWatch> logger) : EventListener, IHostedService
{
    const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    const int LongestCause = 200;

    static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    readonly Lock _gate = new();
    long? _warnedAt;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Also called for the sources that exist already, before the constructor has ended.
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name != Exporter || !IsDue())
        {
            return;
        }

        var parts = eventData.Payload?.OfType<string>().ToList() ?? [];
        Log.CollectorUnreachable(logger, parts.Count > 1 ? parts[0] : "the collector", Cause(parts.LastOrDefault() ?? eventData.EventName ?? "unknown"));
    }

    bool IsDue()
    {
        lock (_gate)
        {
            if (_warnedAt is { } at && time.GetElapsedTime(at) < Silence)
            {
                return false;
            }

            _warnedAt = time.GetTimestamp();
            return true;
        }
    }

    // An exception with its stack: the first line says what happened.
    static string Cause(string text)
    {
        var line = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length).Trim().TrimEnd('.');
        return line.Length > LongestCause ? $"{line[..LongestCause]}…" : line.ToString();
    }
}
