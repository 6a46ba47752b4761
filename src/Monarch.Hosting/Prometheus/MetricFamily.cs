using System.Globalization;
using System.Text;

namespace Monarch.Hosting.Prometheus;

/// <summary>What stands under one name: its type, its help text and its samples.</summary>
/// <param name="Name">The name without the suffixes of its samples.</param>
/// <param name="Type"><c>counter</c>, <c>gauge</c>, <c>histogram</c> or <c>info</c>.</param>
/// <param name="Help">One sentence for people.</param>
sealed record MetricFamily(string Name, string Type, string Help)
{
    public StringBuilder Samples { get; } = new();

    /// <summary>Adds <c>name_suffix{labels} value</c>.</summary>
    public void Add(string suffix, string labels, double value) =>
        Samples.Append(Name).Append(suffix).Append('{').Append(labels).Append("} ").Append(Number(value)).Append('\n');

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
