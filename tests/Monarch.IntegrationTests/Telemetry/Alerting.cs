using System.Text.RegularExpressions;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Telemetry;

/// <summary>The alert rules, by promtool and against the documentation.</summary>
public sealed partial class Alerting
{
    static readonly string Folder = Repository.PathOf("deploy/observability/prometheus");

    [Fact]
    public Task Should_have_rules_that_are_valid() => PromtoolAsync("check", "rules", "alerts.yml");

    [Fact]
    public Task Should_fire_only_when_action_is_needed() => PromtoolAsync("test", "rules", "alerts.test.yml");

    [Fact]
    public async Task Should_be_tested_firing_and_not_firing()
    {
        var cases = Case()
            .Matches(await File.ReadAllTextAsync(Path.Combine(Folder, "alerts.test.yml"), Token))
            .Select(x => (Alert: x.Groups[1].Value, Fires: x.Groups[2].Value.Length == 0))
            .ToHashSet();

        Alert()
            .Matches(await RulesAsync())
            .SelectMany(x => new[] { (x.Groups[1].Value, true), (x.Groups[1].Value, false) })
            .Except(cases)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_name_severity_summary_description_and_a_runbook_that_exists()
    {
        var headings = (await File.ReadAllLinesAsync(Repository.PathOf("docs/operations.md"), Token))
            .Where(line => line.StartsWith("### ", StringComparison.Ordinal))
            .Select(line => line[4..].ToLowerInvariant().Replace(' ', '-'))
            .ToList();
        var alerts = (await RulesAsync()).Split("- alert: ")[1..];

        alerts.Length.ShouldBeGreaterThan(10);
        foreach (var alert in alerts)
        {
            foreach (var part in (string[])["severity: ", "summary: ", "description: "])
            {
                alert.ShouldContain(part);
            }

            headings.ShouldContain(Runbook().Match(alert).Groups[1].Value, alert);
        }
    }

    [Fact]
    public async Task Should_query_documented_metrics_only() =>
        Metric()
            .Matches(await RulesAsync())
            .Select(x => x.Value)
            .Distinct()
            .Except(DocumentedMetric.All.Select(x => x.Prometheus))
            .ShouldBeEmpty();

    static Task<string> RulesAsync() => File.ReadAllTextAsync(Path.Combine(Folder, "alerts.yml"), Token);

    static async Task PromtoolAsync(params string[] arguments)
    {
        await using var promtool = await ChildProcess.StartAsync("promtool", arguments, directory: Folder);
        (await promtool.WaitForExitAsync()).ShouldBe(0, promtool.Output);
    }

    [GeneratedRegex("- alert: (\\w+)")]
    private static partial Regex Alert();

    [GeneratedRegex("alertname: (\\w+)\\n        exp_alerts:( \\[\\])?")]
    private static partial Regex Case();

    [GeneratedRegex("runbook_url: docs/operations\\.md#([a-z-]+)")]
    private static partial Regex Runbook();

    [GeneratedRegex("\\bmonarch_[a-z_]+")]
    private static partial Regex Metric();
}
