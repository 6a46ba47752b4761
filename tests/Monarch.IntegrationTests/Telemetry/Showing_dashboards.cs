using System.Text.RegularExpressions;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Monarch.Tests.Observability;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Telemetry;

/// <summary>Runs the queries of panels and alerts on a real Prometheus that scrapes a running system.</summary>
public sealed partial class Showing_dashboards(Servers servers)
{
    // Series that begin with a failure: promtool tests these alerts.
    static readonly string[] Incidents = ["_error", "monarch_log_dropped", "monarch_usher_deployments"];

    [Fact]
    public async Task Should_have_data_for_each_panel_and_alert()
    {
        await using var fleet = await Fleet.StartAsync(
            await servers.RabbitMqAsync(),
            issues: 5,
            redis: new() { Arguments = ["--maxmemory", "256mb"] }
        );
        using var folder = new TemporaryDirectory();
        string[] roles = ["bridge", "workers", "archive"];
        // With limits, or there would be no budget.
        var hosts = await Task.WhenAll(
            roles.Select(role =>
                fleet.StartAsync(
                    role,
                    settings: [("GITHUB_CREATES_PER_MINUTE", "80"), ("GITHUB_CREATES_PER_HOUR", "500"), ("OUTPUT_FOLDER", folder.Path)]
                )
            )
        );
        await using var prometheus = await Prometheus.StartAsync(roles.Zip(hosts, (role, host) => (role, fleet.MetricsPort(host.Process))));
        await Until.TrueAsync(
            async () => await prometheus.QueryAsync("up == 1") is [_, _, _],
            "all are scraped",
            state: () => prometheus.Output
        );

        await fleet.RequestAsync(hosts[0].Web!, Fleet.Message(fleet.SeedTeams(2)), "once");
        await fleet.EndedAsync(hosts[0].Web!, 1);

        List<string> queries =
        [
            .. Dashboards.Names.SelectMany(Dashboards.Read).SelectMany(panel => panel.Queries).Select(Now),
            .. Alerts(),
        ];
        queries.Count.ShouldBeGreaterThan(60);
        await Until.TrueAsync(
            async () =>
            {
                foreach (var query in queries.ToList())
                {
                    if (await prometheus.QueryAsync(query) is [_, ..])
                    {
                        queries.Remove(query);
                    }
                }

                return queries.Count == 0;
            },
            "there is data for every query",
            state: () => string.Join('\n', queries)
        );
    }

    static string Now(string query) =>
        query.Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$__range", "1h", StringComparison.Ordinal);

    // An alert is an expression above or below a bound, or absent: this returns the expression. The operands of "unless" are queried
    // separately: with data on both sides, their difference is empty.
    static IEnumerable<string> Alerts() =>
        from Match alert in Expression().Matches(File.ReadAllText(Repository.PathOf("deploy", "observability", "prometheus", "alerts.yml")))
        where !Incidents.Any(alert.Value.Contains)
        from side in alert.Groups[1].Value.Split("unless on ()")
        select Bound().Replace(Absent().Replace(side, "("), " $1 bool ");

    [GeneratedRegex(@"^ +expr: (?:\|-?\s+)?((?:.+)(?:\n {10,}.+)*)", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\babsent(_over_time)?\(")]
    private static partial Regex Absent();

    [GeneratedRegex(" (>|<|>=|<=|==|!=) (?!bool)")]
    private static partial Regex Bound();
}
