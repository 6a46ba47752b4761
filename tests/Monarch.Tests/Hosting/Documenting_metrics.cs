using System.Text.RegularExpressions;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Hosting;

/// <summary>Compares docs/metrics.md with the source, including instruments that no test uses.</summary>
public sealed partial class Documenting_metrics
{
    [Fact]
    public void Should_document_every_instrument_with_its_kind_and_unit()
    {
        var created = Created();
        created.Count.ShouldBeGreaterThan(40);

        foreach (var (name, kind, unit) in created)
        {
            var row = DocumentedMetric
                .All.Where(x => x.Instrument == name)
                .ToList()
                .ShouldHaveSingleItem($"{name} has one row in docs/metrics.md");
            row.Kind.ShouldBe(kind, name);
            row.Unit.ShouldBe(Words(unit), name);
            row.Prometheus.ShouldBe(Exposed(name, kind, unit), name);
        }
    }

    [Fact]
    public void Should_document_no_unknown_instrument() =>
        DocumentedMetric.All.Select(x => x.Instrument).Except(Created().Select(x => x.Name)).ShouldBeEmpty();

    static List<(string Name, string Kind, string Unit)> Created() =>
        [
            .. Directory
                .EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
                .Where(file =>
                    !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Monarch.Sandbox/", StringComparison.Ordinal)
                )
                .SelectMany(file => Creation().Matches(File.ReadAllText(file)))
                .Select(x => (x.Groups["name"].Value, Kind(x.Groups["kind"].Value), x.Groups["unit"].Value)),
        ];

    static string Kind(string method) =>
        method switch
        {
            "Counter" or "ObservableCounter" => "counter",
            "Histogram" => "histogram",
            _ => "gauge",
        };

    static string Words(string unit) =>
        unit switch
        {
            "s" => "seconds",
            "By" => "bytes",
            "1" => "1 or 0",
            _ when unit.EndsWith("y}", StringComparison.Ordinal) => $"{unit[1..^2]}ies",
            _ when unit.EndsWith("s}", StringComparison.Ordinal) => $"{unit[1..^1]}es",
            _ => $"{unit[1..^1]}s",
        };

    static string Exposed(string name, string kind, string unit)
    {
        var (exposed, suffix) = (
            name.Replace('.', '_'),
            unit switch
            {
                "s" => "_seconds",
                "By" => "_bytes",
                _ => "",
            }
        );
        return exposed + (exposed.EndsWith(suffix, StringComparison.Ordinal) ? "" : suffix) + (kind == "counter" ? "_total" : "");
    }

    // CreateCounter<long>("name", "unit", …), CreateObservableGauge("name", values, "unit", …), new SharedGauge(meter, "name", "unit", …).
    [GeneratedRegex(
        """
            (?:Create(?<kind>Counter|Histogram|UpDownCounter|ObservableGauge|ObservableCounter|Gauge)(?:<\w+>)?\(|new\(\s*meter[^"]*|new\(\s*meters\.Create\("Monarch"\),)\s*"(?<name>(?:monarch|messaging)\.[a-z.]+)",(?:[^"]*?,)?\s*"(?<unit>[^"]+)"
            """
    )]
    private static partial Regex Creation();
}
