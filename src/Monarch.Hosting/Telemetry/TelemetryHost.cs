using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Prometheus;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Monarch.Hosting.Telemetry;

/// <summary>
/// Runs the OpenTelemetry providers, as OpenTelemetry.Extensions.Hosting would: there before anything starts, flushed after
/// everything has stopped.
/// </summary>
sealed class TelemetryHost(HostRole role, IConfiguration configuration, IOptions<TelemetryOptions> options, PrometheusReader prometheus)
    : IHostedLifecycleService
{
    const int FlushTimeoutMs = 2000;

    static readonly double[] SecondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    TracerProvider? _traces;
    MeterProvider? _metrics;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var resource = ResourceBuilder.CreateEmpty()
            .AddService($"monarch-{role}", serviceNamespace: "monarch", serviceVersion: typeof(TelemetryHost).Assembly.GetName().Version?.ToString(3))
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        _traces = BuildTraces(resource);
        _metrics = BuildMetrics(resource);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A collector that is away must not hold up the end of the process.
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.Shutdown(FlushTimeoutMs);
            _metrics?.Shutdown(FlushTimeoutMs);
            _traces?.Dispose();
            _metrics?.Dispose();
        },
        CancellationToken.None);

    TracerProvider BuildTraces(ResourceBuilder resource)
    {
        // With nobody to send them to, spans carry their ids only: logs still say which belong together, at next to no cost.
        Sampler sampler = options.Value.Endpoint is null ? new AlwaysOffSampler() : new ParentBasedSampler(new AlwaysOnSampler());
        var builder = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .SetSampler(sampler)
            .AddSource("MassTransit", "System.Net.Http", "Microsoft.AspNetCore", "Monarch", "Monarch.*");
        if (options.Value.Endpoint is not null)
            builder.AddOtlpExporter();
        return builder.Build();
    }

    MeterProvider BuildMetrics(ResourceBuilder resource)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton(configuration))
            .SetResourceBuilder(resource)
            .AddMeter("MassTransit", "System.Net.Http", "System.Net.NameResolution", "System.Runtime", "Monarch", "Monarch.*")
            .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics")
            .AddView(BucketsInSeconds)
            .AddReader(prometheus);
        if (options.Value.Endpoint is not null)
            builder.AddOtlpExporter();
        return builder.Build();
    }

    // The SDK's default buckets are made for milliseconds; ours measure seconds.
    static MetricStreamConfiguration? BucketsInSeconds(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s", Advice: null } && instrument.Meter.Name.StartsWith("Monarch", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = SecondsBuckets }
            : null;
}
