using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>A sentinel promotes another server during a migration.</summary>
public sealed class Failing_over_by_Sentinel(Servers servers)
{
    const string Service = "school";
    const int Issues = 30;

    [Fact]
    public async Task Should_create_each_issue_once_when_the_master_is_killed()
    {
        await using var fleet = await StartAsync(await servers.RabbitMqAsync());
        await using var replica = await ReplicaOf(fleet.Redis);
        await using var sentinel = await SentinelOf(fleet);
        var teams = fleet.SeedTeams(3);
        var bridge = (await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers"), fleet.StartAsync("workers")))[0];
        await fleet.PublishAsync(Fleet.Message(teams));
        await CreatedAsync(fleet, Issues);

        await fleet.Redis.KillAsync();

        await ShouldCompleteAsync(fleet, bridge, replica, teams);
    }

    [Fact]
    public async Task Should_create_each_issue_once_when_the_master_becomes_a_replica()
    {
        await using var fleet = await StartAsync(null);
        await using var replica = await ReplicaOf(fleet.Redis);
        await using var sentinel = await SentinelOf(fleet);
        var teams = fleet.SeedTeams(3);
        var serve = await fleet.StartAsync("serve");
        await fleet.PublishAsync(Fleet.Message(teams));
        await CreatedAsync(fleet, Issues);

        await sentinel.FailOverAsync();

        await ShouldCompleteAsync(fleet, serve, replica, teams);
    }

    static async Task<Fleet> StartAsync(Uri? rabbitMq)
    {
        var fleet = await Fleet.StartAsync(rabbitMq, Issues, latencyMilliseconds: 40);
        foreach (
            var (key, value) in new[]
            {
                ("GITHUB_TIMEOUT", "2"),
                ("GITHUB_SETTLE", "0.5"),
                ("VALKEY_TIMEOUT", "1"),
                ("MIGRATION_STALL_AFTER", "5"),
                ("INTAKE_RESEND_AFTER", "2"),
            }
        )
        {
            fleet.Settings[key] = value;
        }
        return fleet;
    }

    static async Task<RedisServer> ReplicaOf(RedisServer master)
    {
        var replica = await RedisServer.StartAsync(
            new() { Arguments = ["--replicaof", "127.0.0.1", $"{master.Port}", "--repl-diskless-sync-delay", "0"] }
        );
        await using var redis = RedisDatabase.Of(replica).Connect();
        await Until.TrueAsync(
            async () =>
                ((string?)await redis.RunAsync(x => x.ExecuteAsync("INFO", "replication"), Token))!.Contains(
                    "master_link_status:up",
                    StringComparison.Ordinal
                ),
            "the replica is in sync"
        );
        return replica;
    }

    static async Task<RedisSentinel> SentinelOf(Fleet fleet)
    {
        var sentinel = await RedisSentinel.StartAsync(Service, fleet.Redis);
        await sentinel.UntilItKnowsAReplicaAsync();
        fleet.Settings.Remove("VALKEY_HOST");
        fleet.Settings.Remove("VALKEY_PORT");
        // The first of them cannot be reached.
        fleet.Settings["VALKEY_SENTINELS"] = $"127.0.0.1:{FreePort.Next()},127.0.0.1:{sentinel.Port}";
        fleet.Settings["VALKEY_SERVICE"] = Service;
        return sentinel;
    }

    static async Task CreatedAsync(Fleet fleet, int count)
    {
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations >= count, $"{count} issues are there", state: () => fleet.Output);
        fleet.Sandbox.Requests().Creations.ShouldBeLessThan(Issues * 3, "the failover came too late");
    }

    static async Task ShouldCompleteAsync(
        Fleet fleet,
        (MonarchProcess Process, Uri? Web) bridge,
        RedisServer promoted,
        IReadOnlyList<string> teams
    )
    {
        await Until.TrueAsync(() => AnswersAsync(promoted, "SET monarch:test 1", "+OK"), "the other server is promoted");
        await Until.TrueAsync(() => fleet.IsReadyAsync(bridge.Process), "the bridge is ready again", state: () => bridge.Process.Output);
        (await fleet.EndedAsync(bridge.Web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        // Messages published there from now on are received.
        await Until.TrueAsync(
            () => AnswersAsync(promoted, $"PUBLISH {Fleet.Channel} {{}}", ":1"),
            "a bridge subscribes to the promoted server",
            state: () => fleet.Output
        );
    }

    // The sentinel ends the connections to a server whose role it changes.
    static async Task<bool> AnswersAsync(RedisServer server, string command, string answer)
    {
        try
        {
            return await server.SendAsync(command) == answer;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
