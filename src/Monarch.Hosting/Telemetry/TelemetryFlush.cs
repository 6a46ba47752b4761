using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Monarch.Hosting.Telemetry;

/// <summary>
/// Exports the remaining telemetry when the host ends. When disposed of, each provider would wait 5 seconds for an unresponsive collector;
/// after a shutdown they do not wait.
/// </summary>
sealed class TelemetryFlush(TracerProvider traces, MeterProvider metrics) : IHostedService, IDisposable
{
    public const int TimeoutMs = 2000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => Parallel.Invoke(() => traces.Shutdown(TimeoutMs), () => metrics.Shutdown(TimeoutMs));
}
