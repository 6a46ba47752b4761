using System.Text.RegularExpressions;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Telemetry;

public sealed partial class Checking_metrics_with_promtool(Servers servers)
{
    [Fact]
    public Task Should_report_no_problem_on_serve() => MigrateAndCheckAsync(null, "in_memory", "serve");

    [Fact]
    public async Task Should_report_no_problem_on_a_bridge_and_workers() =>
        await MigrateAndCheckAsync(await servers.RabbitMqAsync(), "rabbitmq", "bridge", "workers");

    static async Task MigrateAndCheckAsync(Uri? rabbitMq, string system, params string[] roles)
    {
        await using var fleet = await Fleet.StartAsync(rabbitMq, issues: 3, pullRequests: 1);
        var hosts = await Task.WhenAll(roles.Select(role => fleet.StartAsync(role)));
        // Unused instruments have no series: each host must do its part first.
        await fleet.RequestAsync(hosts[0].Web!, Fleet.Message(fleet.SeedTeams(1)), "once");
        await fleet.EndedAsync(hosts[0].Web!, 1);
        await fleet.PublishAsync("no request");
        await Until.TrueAsync(
            async () =>
                (await fleet.MetricsAsync(hosts[0].Process)).Contains("\nmonarch_requests_rejected_total{", StringComparison.Ordinal),
            "the refusal is counted"
        );

        foreach (var (process, _) in hosts)
        {
            var metrics = await fleet.MetricsAsync(process);
            metrics.ShouldContain("\nmessaging_process_duration_seconds_count{");
            (await ComplaintsAsync(metrics)).ShouldAllBe(line => IsOfDotNet(line), metrics);
            ShouldBeDocumented(metrics);
        }
        var bridge = await fleet.MetricsAsync(hosts[0].Process);
        bridge.ShouldContain("\nmonarch_requests_accepted_total{");
        bridge.ShouldMatch("(?m)^monarch_migrations_total\\{.*outcome=\"completed\"\\} 1$");
        bridge.ShouldMatch("(?m)^monarch_repository_migrations_total\\{.*outcome=\"completed\"\\} 1$");
        bridge.ShouldMatch("(?m)^monarch_migration_first_issue_seconds_count\\{.*\\} 1$");
        (await fleet.MetricsAsync(hosts[^1].Process)).ShouldMatch("(?m)^monarch_issues_total\\{.*outcome=\"created\"\\} 3$");
        bridge.ShouldMatch(
            $"(?m)^messaging_client_sent_messages_total\\{{.*\"migration-batch\",messaging_operation_name=\"send\",messaging_system=\"{system}\"\\}} 1$"
        );
    }

    /// <summary>Every series of ours has a row in docs/metrics.md, with its kind and every label.</summary>
    static void ShouldBeDocumented(string metrics)
    {
        var documented = DocumentedMetric.All.ToDictionary(x => x.Prometheus);
        var kinds = Kind().Matches(metrics).ToDictionary(x => x.Groups[1].Value, x => x.Groups[2].Value);
        kinds.Keys.Count(x => x.StartsWith("monarch_", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
        foreach (var (name, kind) in kinds.Where(x => IsOurs(x.Key)))
        {
            documented.ShouldContainKey(name, "docs/metrics.md has no row for it");
            documented[name].Kind.ShouldBe(kind, name);
        }

        foreach (var series in Series().Matches(metrics).Where(x => IsOurs(x.Groups[1].Value)))
        {
            var name =
                series.Groups[1].Value is var exposed && documented.ContainsKey(exposed) ? exposed : exposed[..exposed.LastIndexOf('_')];
            var labels = Label().Matches(series.Groups[2].Value).Select(x => x.Groups[1].Value).Except(["otel_scope_name", "le"]);
            if (documented[name].Labels is { } known)
            {
                labels.Except(known).ShouldBeEmpty(series.Value);
            }
        }
    }

    static bool IsOurs(string name) =>
        name.StartsWith("monarch_", StringComparison.Ordinal) || name.StartsWith("messaging_", StringComparison.Ordinal);

    [GeneratedRegex("(?m)^# TYPE (\\S+) (\\S+)$")]
    private static partial Regex Kind();

    [GeneratedRegex("(?m)^([a-z_]+)\\{(.*)\\} \\S+$")]
    private static partial Regex Series();

    [GeneratedRegex("([a-z_]+)=\"")]
    private static partial Regex Label();

    // .NET has gauges whose names end in count, such as dotnet.assembly.count.
    static bool IsOfDotNet(string line) => line.StartsWith("dotnet_", StringComparison.Ordinal);

    static async Task<IReadOnlyList<string>> ComplaintsAsync(string metrics)
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(directory["metrics"], metrics, Token);
        await using var promtool = await ChildProcess.StartAsync(
            "sh",
            ["-c", "promtool check metrics < metrics"],
            directory: directory.Path
        );
        // 0 means no complaint, 3 some; anything else is a failure.
        (await promtool.WaitForExitAsync()).ShouldBeOneOf(0, 3);
        return promtool.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
