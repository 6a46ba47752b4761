using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Telemetry;

/// <summary>Where traces and metrics are pushed. The SDK's other <c>OTEL_…</c> settings work as documented there.</summary>
sealed class TelemetryOptions
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    public const string MetricsExporterKey = "OTEL_METRICS_EXPORTER";

    internal const string Otlp = "otlp";
    const string None = "none";

    /// <summary>Base URL of an OTLP collector; null means that nothing is pushed, and <c>/metrics</c> alone tells.</summary>
    [ConfigurationKeyName(EndpointKey)]
    public string? Endpoint { get; set; }

    /// <summary>How metrics are pushed where there is a collector: <c>otlp</c>, or <c>none</c> for one that takes traces only.</summary>
    [ConfigurationKeyName(MetricsExporterKey)]
    public string MetricsExporter { get; set; } = Otlp;

    /// <param name="exporter">The value of <see cref="MetricsExporterKey"/>; null for the default.</param>
    internal static bool PushesMetrics(string? exporter) => !None.Equals(exporter, StringComparison.OrdinalIgnoreCase);
}
