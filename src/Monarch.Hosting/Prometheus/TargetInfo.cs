using System.Text;
using OpenTelemetry.Resources;

namespace Monarch.Hosting.Prometheus;

/// <summary>The process's OpenTelemetry resource, as the metric that Prometheus joins on.</summary>
static class TargetInfo
{
    public const string Name = "target";

    public static MetricFamily Of(Resource resource)
    {
        var labels = new StringBuilder();
        HashSet<string> taken = [];
        foreach (var (key, value) in resource.Attributes)
        {
            if (MetricNames.Clean(key) is var name && taken.Add(name))
                MetricLabels.Append(labels, name, value);
        }
        var family = new MetricFamily(Name, MetricTypes.Info, "What this process is");
        family.Add("_info", labels.ToString(), 1);
        return family;
    }
}
