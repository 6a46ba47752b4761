using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Monarch.Hosting.Prometheus;

/// <summary>Turns a collection of OpenTelemetry metrics into Prometheus families.</summary>
[ExportModes(ExportModes.Pull)]
sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);

    public Func<int, bool>? Collect { get; set; }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _families = new(StringComparer.Ordinal) { [TargetInfo.Name] = TargetInfo.Of(ParentProvider.GetResource()) };
        foreach (var metric in batch)
            Add(metric);
        return ExportResult.Success;
    }

    public IEnumerable<MetricFamily> TakeFamilies() => _families.Values;

    void Add(Metric metric)
    {
        if (MetricTypes.Of(metric) is not { } type)
            return;
        var name = MetricNames.Of(metric.Name, metric.Unit, type);
        if (!_families.TryGetValue(name, out var family))
            _families[name] = family = new MetricFamily(name, type, metric.Description is { Length: > 0 } description ? description : metric.Name);
        // Two instruments that share a name but not a type cannot both be shown: the first one stays.
        if (family.Type == type)
            MetricSamples.Write(family, metric);
    }
}
