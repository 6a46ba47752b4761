using System.Globalization;
using Monarch.Contracts.Migrations;
using Monarch.IntegrationTests.Journeys;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Logs;

public sealed class Flooding_a_full_Redis
{
    [Fact]
    public async Task Should_cost_log_lines_and_no_issue()
    {
        await using var fleet = await Fleet.StartAsync(issues: 100, redis: new() { Arguments = ["--maxmemory", "32mb"] });
        fleet.Settings["MONARCH_LOG_LEVEL"] = "Trace";
        // Four fifths of the limit: above what logs may use.
        await fleet.CliAsync("SETRANGE", "filler", "26000000", "x");
        var teams = fleet.SeedTeams(3);
        var (serve, web) = await fleet.StartAsync("serve");

        // Another process, which logs far more than the buffer holds.
        await using var flood = StoredLog.On(RedisDatabase.Of(fleet.Redis), buffer: new(100));
        await fleet.PublishAsync(Fleet.Message(teams));
        for (var i = 0; i < 20_000; i++)
        {
            flood.Logger.Warning("flood {Number}", i);
        }

        var ended = (await fleet.EndedAsync(web!, 1)).ShouldHaveSingleItem();

        ended.Status.ShouldBe(BatchStatus.Completed, serve.Output);
        fleet.ShouldHoldTheSourceInOrder(teams);
        await Until.TrueAsync(() => flood.Dropped >= 19_000, "what is dropped is counted", state: () => $"{flood.Dropped}");
        flood.Written.ShouldBe(0);
        (await fleet.CliAsync("EXISTS", "monarch:logs:days")).ShouldBe("0");
        var used = (await fleet.CliAsync("INFO", "memory")).Split('\n').First(line => line.StartsWith("used_memory:"));
        long.Parse(used.Split(':')[1], CultureInfo.InvariantCulture).ShouldBeLessThan(32L << 20);
    }
}
