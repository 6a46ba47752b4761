using OpenTelemetry.Metrics;

namespace Monarch.Hosting.Prometheus;

/// <summary>Collects when it is asked to, never by a timer.</summary>
sealed class PrometheusReader : BaseExportingMetricReader
{
    const int TimeoutMs = 5000;
    readonly PrometheusExporter _exporter;
    readonly Lock _oneAtATime = new();

    public PrometheusReader()
        : this(new PrometheusExporter())
    {
    }

    PrometheusReader(PrometheusExporter exporter)
        : base(exporter)
    {
        _exporter = exporter;
        TemporalityPreference = MetricReaderTemporalityPreference.Cumulative;
    }

    /// <summary>All metrics as they are now; null when they could not be collected.</summary>
    public string? Scrape(PrometheusFormat format)
    {
        lock (_oneAtATime)
        {
            // Through the delegate that the base class gives a pull exporter: called directly, it refuses to export.
            return _exporter.Collect!(TimeoutMs) ? PrometheusDocument.Write(_exporter.TakeFamilies(), format) : null;
        }
    }
}
