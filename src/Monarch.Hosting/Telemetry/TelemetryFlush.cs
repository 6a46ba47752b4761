using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Monarch.Hosting.Telemetry;

/// <summary>
/// Exports what is left when the host ends. The providers would each wait 5 seconds for a collector that does not answer when they
/// are disposed of; after a shutdown they wait no more.
/// </summary>
sealed class TelemetryFlush(TracerProvider traces, MeterProvider metrics) : IHostedService, IDisposable
{
    public const int TimeoutMs = 2000;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => Parallel.Invoke(() => traces.Shutdown(TimeoutMs), () => metrics.Shutdown(TimeoutMs));
}
