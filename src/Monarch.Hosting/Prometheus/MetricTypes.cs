using OpenTelemetry.Metrics;

namespace Monarch.Hosting.Prometheus;

/// <summary>Which Prometheus type an instrument is.</summary>
static class MetricTypes
{
    public const string Counter = "counter";
    public const string Gauge = "gauge";
    public const string Histogram = "histogram";
    public const string Info = "info";

    /// <summary>Null for exponential histograms: no text format can carry them.</summary>
    public static string? Of(Metric metric) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.DoubleSum => GoesDown(metric) ? Gauge : Counter,
        MetricType.Histogram => Histogram,
        MetricType.ExponentialHistogram => null,
        _ => Gauge,
    };

    // Declared as counters, though what they count ends again: MassTransit's work in progress, and the thread pool's figures.
    static bool GoesDown(Metric metric) => metric.MeterName switch
    {
        "MassTransit" => metric.Name.EndsWith(".active", StringComparison.Ordinal),
        "System.Runtime" => metric.Name is "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length",
        _ => false,
    };
}
