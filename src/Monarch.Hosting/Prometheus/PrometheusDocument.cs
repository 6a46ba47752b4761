using System.Text;

namespace Monarch.Hosting.Prometheus;

/// <summary>Puts families together in one of the formats; they differ in the name that the headings use, and in the last line.</summary>
static class PrometheusDocument
{
    public static string Write(IEnumerable<MetricFamily> families, PrometheusFormat format)
    {
        var document = new StringBuilder(16 * 1024);
        foreach (var family in families.Where(family => family.Samples.Length > 0))
        {
            var (name, type) = format == PrometheusFormat.OpenMetrics ? (family.Name, family.Type) : Heading(family);
            document.Append("# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
            document.Append("# HELP ").Append(name).Append(' ').Append(Help(family.Help, format)).Append('\n');
            document.Append(family.Samples);
        }
        if (format == PrometheusFormat.OpenMetrics)
            document.Append("# EOF\n");
        return document.ToString();
    }

    // 0.0.4 knows no info, and heads a counter with the name of its sample.
    static (string Name, string Type) Heading(MetricFamily family) => family.Type switch
    {
        MetricTypes.Counter => ($"{family.Name}_total", MetricTypes.Counter),
        MetricTypes.Info => ($"{family.Name}_info", MetricTypes.Gauge),
        _ => (family.Name, family.Type),
    };

    static string Help(string text, PrometheusFormat format) => format == PrometheusFormat.OpenMetrics
        ? MetricLabels.Escape(text).Replace("\"", "\\\"", StringComparison.Ordinal)
        : MetricLabels.Escape(text);
}
