using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Telemetry;

/// <summary>Where traces and metrics are pushed. The SDK's other <c>OTEL_…</c> settings work as documented there.</summary>
sealed class TelemetryOptions
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Base URL of an OTLP collector; null means that nothing is pushed, and <c>/metrics</c> alone tells.</summary>
    [ConfigurationKeyName(EndpointKey)]
    public string? Endpoint { get; set; }
}
