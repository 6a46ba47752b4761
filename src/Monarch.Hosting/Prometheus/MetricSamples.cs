using OpenTelemetry.Metrics;

namespace Monarch.Hosting.Prometheus;

/// <summary>Writes the points of a metric into its family.</summary>
static class MetricSamples
{
    public static void Write(MetricFamily family, Metric metric)
    {
        var divisor = MetricNames.Divisor(metric.Unit);
        var suffix = family.Type == MetricTypes.Counter ? "_total" : "";
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = MetricLabels.Of(metric, point.Tags);
            if (metric.MetricType == MetricType.Histogram)
                WriteHistogram(family, labels, in point, divisor);
            else
                family.Add(suffix, labels, Value(metric.MetricType, in point) / divisor);
        }
    }

    static double Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    static void WriteHistogram(MetricFamily family, string labels, in MetricPoint point, double divisor)
    {
        // OpenTelemetry counts each bucket by itself, Prometheus all up to a bound.
        var cumulative = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            family.Add("_bucket", $"{labels},le=\"{MetricFamily.Number(bucket.ExplicitBound / divisor)}\"", cumulative);
        }
        family.Add("_sum", labels, point.GetHistogramSum() / divisor);
        family.Add("_count", labels, point.GetHistogramCount());
    }
}
