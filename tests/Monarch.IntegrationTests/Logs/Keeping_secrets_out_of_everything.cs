using System.Collections.Concurrent;
using System.Text;
using Monarch.Contracts.Migrations;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Monarch.Testing.Proxies;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Logs;

/// <summary>Runs a migration at the most verbose level, and searches everything that it wrote.</summary>
public sealed class Keeping_secrets_out_of_everything(Servers servers)
{
    const string Key = "the-key-of-the-API";

    /// <summary>Only for GitHub, Slack and the API's callers.</summary>
    static readonly string[] Secrets = ["ghp_\"quoted\\token\"0", "xoxb-secret-bot-token", Key];

    /// <summary>A "secret" that is logged repeatedly: the name of the source.</summary>
    const string Logged = "cider-falls";

    [Fact]
    public async Task Should_hold_for_console_log_store_messages_state_and_API()
    {
        var broker = await servers.RabbitMqAsync();
        await using var fleet = await Fleet.StartAsync(broker, issues: 30);
        using var carried = new Carried();
        await using var toBroker = new TcpProxy(broker.Port, carried.Tap);
        await using var toRedis = new TcpProxy(fleet.Redis.Port, carried.Tap);
        fleet.Settings["RABBITMQ_URL"] = new UriBuilder(broker) { Port = toBroker.Port }.Uri.ToString();
        fleet.Settings["VALKEY_PORT"] = $"{toRedis.Port}";
        fleet.Settings["MONARCH_LOG_LEVEL"] = "Trace";
        foreach (var (setting, secret) in new[] { "GH_PAT", "SLACK_BOT_TOKEN", "MONARCH_API_KEY" }.Zip(Secrets))
        {
            fleet.Settings[setting] = secret;
        }

        fleet.Settings["JIRA_WEBHOOK_SECRET"] = Logged;
        var teams = fleet.SeedTeams(2);
        var (_, web) = await fleet.StartAsync("bridge");
        await fleet.StartAsync("workers");
        using var http = new HttpClient { BaseAddress = web, DefaultRequestHeaders = { Authorization = new("Bearer", Key) } };

        await fleet.PublishAsync(Fleet.Message(teams));
        await fleet.PublishAsync("not even JSON");
        await Until.TrueAsync(
            async () => (await http.GetStringAsync("api/migrations", Token)).Contains($"\"{BatchStatus.Completed}\""),
            "the migration has ended",
            state: () => fleet.Output
        );
        await Until.TrueAsync(async () => (await http.GetStringAsync("api/services", Token)).Contains("workers"), "both have stored lines");

        var log = await http.GetStringAsync("api/logs/export", Token);
        var written = new StringBuilder(fleet.Output).Append(log).Append(carried.Text);
        foreach (var path in new[] { "api/migrations", "api/rejected", "api/credentials", "api/processes", "api/logs", "openapi/v1.json" })
        {
            written.Append(await http.GetStringAsync(path, Token));
        }

        foreach (var key in (await fleet.CliAsync("--raw", "KEYS", "*")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            written.Append(await fleet.CliAsync("--raw", "DUMP", key));
        }

        var text = written.ToString();
        text.ShouldContain("monarch:ledger");
        text.ShouldContain("CreateIssues");
        // The beginnings, since the rest may be escaped in many ways.
        foreach (var secret in new[] { "ghp_", "xoxb-", Key })
        {
            text.Contains(secret, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{secret} was written");
        }
        // Lines that contained it are present without it.
        fleet.Output.ShouldContain("/***");
        fleet.Output.ShouldNotContain(Logged);
        log.ShouldContain("/***");
        log.ShouldNotContain(Logged);
    }

    /// <summary>All bytes that any connection carried, as Latin-1, connection after connection.</summary>
    sealed class Carried : IDisposable
    {
        readonly ConcurrentBag<MemoryStream> _flows = [];

        public string Text =>
            string.Concat(
                _flows.Select(flow =>
                {
                    lock (flow)
                    {
                        return Encoding.Latin1.GetString(flow.ToArray());
                    }
                })
            );

        public FlowTap Tap()
        {
            var (toServer, toClient) = (new MemoryStream(), new MemoryStream());
            _flows.Add(toServer);
            _flows.Add(toClient);
            return (flow, bytes) =>
            {
                var stream = flow == Flow.ToServer ? toServer : toClient;
                lock (stream)
                {
                    stream.Write(bytes);
                }
            };
        }

        public void Dispose()
        {
            foreach (var flow in _flows)
            {
                flow.Dispose();
            }
        }
    }
}
