using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Monarch.Hosting.Prometheus;

/// <summary>Tags as labels.</summary>
static class MetricLabels
{
    public static string Of(Metric metric, ReadOnlyTagCollection tags)
    {
        var labels = new StringBuilder();
        // le is the histogram's own.
        HashSet<string> taken = ["otel_scope_name", "otel_scope_version", "le"];
        Append(labels, "otel_scope_name", metric.MeterName);
        if (metric.MeterVersion is { Length: > 0 } version)
            Append(labels, "otel_scope_version", version);
        foreach (var (key, value) in tags)
        {
            if (MetricNames.Clean(key) is var name && taken.Add(name))
                Append(labels, name, value);
        }
        return labels.ToString();
    }

    public static void Append(StringBuilder labels, string name, object? value)
    {
        var text = value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        labels.Append(labels.Length > 0 ? "," : "").Append(name).Append("=\"").Append(Escape(text).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
    }

    public static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
}
