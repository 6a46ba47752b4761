using System.Text.Json;
using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Monarch.Testing.Otlp;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Telemetry;

/// <summary>Two Bridges and three workers push to a collector; one worker is killed, and the budget makes the others wait.</summary>
public sealed class Tracing_a_migration(Servers servers)
{
    const int Teams = 3;
    const int Issues = 10;
    const string PlatformTrace = "0af7651916cd43dd8448eb211c80319c";
    const string PlatformSpan = "b7ad6b7169203331";

    [Fact]
    public async Task Should_be_one_tree_from_publication_to_Slack_despite_a_killed_worker()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var fleet = await StartAsync(collector);
        var teams = fleet.SeedTeams(Teams);
        var web = (await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("bridge")))[0].Web!;
        var workers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => fleet.StartAsync("workers")));

        await fleet.PublishAsync(Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations >= 8, "issues are created", state: () => fleet.Output);
        await workers[0].Process.KillAsync();
        var migration = (await fleet.EndedAsync(web, 1)).Single();
        await Until.TrueAsync(
            () => fleet.Sandbox.SlackMessages().Any(x => x.Text.Contains(":white_check_mark:", StringComparison.Ordinal)),
            "the end is in Slack"
        );
        await fleet.StopAsync();

        migration.Status.ShouldBe(BatchStatus.Completed);
        migration.TraceId.ShouldBe(PlatformTrace);
        fleet.Sandbox.SlackMessages().ShouldContain(x => x.Text.EndsWith($"\nTrace {PlatformTrace}", StringComparison.Ordinal));
        fleet.Sandbox.TraceHeaders.ShouldBeEmpty();
        fleet.Output.ShouldContain($"\"@tr\":\"{PlatformTrace}\"");
        var spans = collector.Trace(PlatformTrace);
        ShouldBeOneTree(spans);
        ShouldHoldEveryStep(spans, migration);
        ShouldHoldNoSecret(collector.Spans);
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join('\n', spans.CountBy(x => x.Name).OrderBy(x => x.Key).Select(x => $"{$"{x.Value}".PadLeft(5)} {x.Key}"))
        );
    }

    static void ShouldBeOneTree(IReadOnlyList<ExportedSpan> spans)
    {
        var ids = spans.Select(x => x.SpanId).ToHashSet();
        ids.Count.ShouldBe(spans.Count);
        var root = spans.Single(x => x.ParentId == PlatformSpan);
        root.Name.ShouldBe("receive channel_migrate_issue_tickets");
        spans
            .Where(x => x != root && (x.ParentId is null || !ids.Contains(x.ParentId)))
            .Select(x => $"{x.Name} of {x.Resource["service.name"]}")
            .ShouldBeEmpty();
    }

    static void ShouldHoldEveryStep(IReadOnlyList<ExportedSpan> spans, MigrationView migration)
    {
        var names = spans.Select(x => x.Name).ToHashSet();
        string[] steps =
        [
            "process migration-batch MigrateIssues",
            "process read-source-issues",
            "process resolve-target",
            "process repository-migration MigrateRepository",
            "process prepare-target",
            "process create-issues",
            "create issue",
            "POST",
            "process repository-migration IssuesCreated",
            "process repository-migration WakeRepositoryMigration",
            "process slack-notification BatchProgressed",
            "process post-to-slack",
        ];
        steps.Where(step => !names.Contains(step)).ShouldBeEmpty();
        spans.Select(x => x.Resource["service.name"]).Distinct().Order().ShouldBe(["monarch-bridge", "monarch-workers"]);
        spans.ShouldAllBe(x => x.Attributes.GetValueOrDefault("monarch.migration.id") == $"{migration.Id}");
        var posts = spans.Where(x => x.Name == "POST" && x.Attributes.ContainsKey("monarch.issue.number")).ToList();
        posts.Select(x => x.Attributes["monarch.repository"]).Distinct().Count().ShouldBe(Teams);
        posts.Select(x => x.Attributes["monarch.issue.number"]).Distinct().Count().ShouldBeGreaterThan(Issues / 2);
    }

    static void ShouldHoldNoSecret(IReadOnlyList<ExportedSpan> spans)
    {
        var values = spans.SelectMany(x => x.Attributes.Values.Concat(x.Resource.Values)).Distinct().ToList();
        values.Where(x => x.Contains("a-token", StringComparison.Ordinal) || x.Contains("a-bot", StringComparison.Ordinal)).ShouldBeEmpty();
        values.Where(x => x.Contains("page=", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    async Task<Fleet> StartAsync(OtlpReceiver collector)
    {
        var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), Issues, pullRequests: 2, latencyMilliseconds: 20);
        foreach (var (key, value) in collector.Settings)
        {
            fleet.Settings[key] = value;
        }

        foreach (
            var (key, value) in (IEnumerable<(string, string)>)
                [
                    // An hour lasts nine seconds: waits of more than five are the saga's.
                    ("GITHUB_CREATES_PER_HOUR", "20"),
                    ("GITHUB_MINUTE", "1"),
                    ("GITHUB_HOUR", "9"),
                    ("GITHUB_TIMEOUT", "2"),
                    ("GITHUB_SETTLE", "0.5"),
                    ("RUN_SECONDS", "0.3"),
                    ("MIGRATION_STALL_AFTER", "4"),
                    ("MIGRATION_RETRY_DELAY", "0.2"),
                ]
        )
        {
            fleet.Settings[key] = value;
        }

        return fleet;
    }

    static string Message(IEnumerable<string> teams) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["source_repo"] = Fleet.Source,
                ["all_target_repositories"] = teams,
                ["notification_channel"] = "C06GHMZB3M3",
                ["traceparent"] = $"00-{PlatformTrace}-{PlatformSpan}-01",
            }
        );
}
