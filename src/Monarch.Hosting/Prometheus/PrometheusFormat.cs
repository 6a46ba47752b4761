namespace Monarch.Hosting.Prometheus;

/// <summary>The two exposition formats that Prometheus asks for.</summary>
enum PrometheusFormat
{
    /// <summary>Text format 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0.</summary>
    OpenMetrics,
}
