using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Telemetry;

/// <summary>The collector of traces and metrics. The SDK's other <c>OTEL_…</c> settings are supported too.</summary>
sealed class TelemetryOptions
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string MetricsExporterKey = "OTEL_METRICS_EXPORTER";

    internal const string Otlp = "otlp";
    const string None = "none";

    /// <summary>The base URL of an OTLP collector; null means that nothing is pushed, and metrics are on <c>/metrics</c> only.</summary>
    [ConfigurationKeyName(EndpointKey)]
    public string? Endpoint { get; set; }

    /// <summary>How metrics are pushed to a collector: <c>otlp</c>, or <c>none</c> for a collector of traces only.</summary>
    [ConfigurationKeyName(MetricsExporterKey)]
    public string MetricsExporter { get; set; } = Otlp;

    /// <param name="exporter">The value of <see cref="MetricsExporterKey"/>; null for the default.</param>
    internal static bool PushesMetrics(string? exporter) => !None.Equals(exporter, StringComparison.OrdinalIgnoreCase);
}
