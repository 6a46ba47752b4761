using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Monarch.Hosting.Telemetry;

static class TelemetryRegistration
{
    static readonly double[] SecondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    public static void AddTelemetry(this WebApplicationBuilder builder, HostRole role)
    {
        builder.Services.AddOptions<TelemetryOptions>().Bind(builder.Configuration);
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        var version = typeof(TelemetryRegistration).Assembly.GetName().Version?.ToString(3);
        var hasCollector = builder.Configuration[TelemetryOptions.EndpointKey] is not null;
        var pushesMetrics = TelemetryOptions.PushesMetrics(builder.Configuration[TelemetryOptions.MetricsExporterKey]);
        // No baggage: it is neither sent to foreign services nor accepted from foreign callers.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource
                    .Clear()
                    .AddService($"monarch-{role}", serviceNamespace: "monarch", serviceVersion: version)
                    .AddTelemetrySdk()
                    .AddEnvironmentVariableDetector()
            )
            .WithTracing(traces => AddTraces(traces, hasCollector))
            .WithMetrics(metrics => AddMetrics(metrics, hasCollector && pushesMetrics));
        if (hasCollector)
        {
            builder.Services.AddHostedService<CollectorWatch>();
        }

        builder.Services.AddHostedService<TelemetryFlush>();
    }

    static void AddTraces(TracerProviderBuilder traces, bool hasCollector)
    {
        traces.AddSource("Monarch", "Monarch.*");
        if (hasCollector)
        {
            traces
                .AddHttpClientInstrumentation(requests => requests.EnrichWithHttpRequestMessage = HidePath)
                .AddAspNetCoreInstrumentation(requests => requests.Filter = IsOfInterest)
                .AddProcessor(new TagProcessor())
                .AddProcessor(Exporter);
        }
        else
        {
            // Without a collector, spans have only their ids: log lines can still be correlated, at little cost.
            traces.AddSource("System.Net.Http", "Microsoft.AspNetCore").SetSampler(new AlwaysOffSampler());
        }
    }

    static void HidePath(Activity span, HttpRequestMessage request)
    {
        if (request.Options.TryGetValue(SecretPath.Key, out var isSecret) && isSecret)
        {
            span.SetTag("url.full", request.RequestUri?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        }
    }

    // Like AddOtlpExporter, with parents first.
    static ParentFirstProcessor Exporter(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptionsFactory<OtlpExporterOptions>>().Create(Options.DefaultName);
        var batches = options.BatchExportProcessorOptions ?? new BatchExportActivityProcessorOptions();
        return new(
            new BatchActivityExportProcessor(
                new OtlpTraceExporter(options),
                batches.MaxQueueSize,
                batches.ScheduledDelayMilliseconds,
                batches.ExporterTimeoutMilliseconds,
                batches.MaxExportBatchSize
            )
        );
    }

    static void AddMetrics(MeterProviderBuilder metrics, bool isPushed)
    {
        metrics
            .AddMeter("Monarch", "Monarch.*")
            .AddRuntimeInstrumentation()
            .AddHttpClientInstrumentation()
            .AddAspNetCoreInstrumentation()
            .AddView(BucketsInSeconds)
            // No cache: a second scraper costs little, and a stale response would mislead.
            .AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
        if (isPushed)
        {
            metrics.AddOtlpExporter();
        }
    }

    // Scrapes, probes and reads (of migrations, logs, processes) arrive every few seconds and would bury the other requests in the traces.
    static bool IsOfInterest(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);

    // The SDK's default buckets are for milliseconds; Monarch's instruments measure seconds.
    static MetricStreamConfiguration? BucketsInSeconds(Instrument instrument) =>
        instrument is Histogram<double> { Unit: "s", Advice: null } && instrument.Meter.Name.StartsWith("Monarch", StringComparison.Ordinal)
            ? new ExplicitBucketHistogramConfiguration { Boundaries = SecondsBuckets }
            : null;
}
