using System.Text.RegularExpressions;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Observability;

public sealed partial class Reading_the_dashboards
{
    // Metrics of .NET and Prometheus, which are documented there.
    static readonly string[] Foreign = ["dotnet_", "http_server_", "up"];

    public static TheoryData<string> All => [.. Dashboards.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Should_query_documented_metrics_only(string name)
    {
        var asked = Dashboards
            .Read(name)
            .SelectMany(panel => panel.Queries)
            .SelectMany(query => Metric().Matches(QuotedOrLabels().Replace(query, "")).Select(x => x.Value));

        asked
            .Where(metric => !Foreign.Any(metric.StartsWith))
            .Select(metric => Series().Replace(metric, ""))
            .Distinct()
            .Except(DocumentedMetric.All.Select(x => x.Prometheus))
            .ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Should_describe_each_panel_without_overlap(string name)
    {
        var panels = Dashboards.Read(name);

        panels.ShouldAllBe(panel => panel.Description.Length > 10 && panel.Unit.Length > 0 && panel.Queries.Count > 0);
        panels.Select(panel => panel.Id).ShouldBeUnique();
        panels.SelectMany(Cells).ShouldBeUnique("no panel lies above another");
    }

    [Fact]
    public void Should_link_to_traces_and_to_the_log()
    {
        var links = Dashboards.Names.SelectMany(Dashboards.Read).SelectMany(panel => panel.Links).ToList();

        links.ShouldAllBe(link => link.StartsWith("/explore?") || link.StartsWith("${monarch_url}/"));
        links.ShouldContain(link => link.StartsWith("/explore?"));
        links.ShouldContain(link => link.StartsWith("${monarch_url}/"));
    }

    static IEnumerable<(int X, int Y)> Cells(Dashboards.Panel panel) =>
        from x in Enumerable.Range(panel.Place[0], panel.Place[2])
        from y in Enumerable.Range(panel.Place[1], panel.Place[3])
        select (x, y);

    [GeneratedRegex(@"\b(monarch|messaging|dotnet|http)_[a-z0-9_]+|\bup\b")]
    private static partial Regex Metric();

    [GeneratedRegex("\"[^\"]*\"|by \\([^)]*\\)")]
    private static partial Regex QuotedOrLabels();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Series();
}
