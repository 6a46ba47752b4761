using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>Infrastructure fails during a migration, and the migration continues automatically.</summary>
public sealed class Surviving_outages
{
    const int Issues = 30;
    const int Teams = 3;

    [Fact]
    public async Task Should_continue_immediately_after_a_restart_of_a_serve_without_a_broker()
    {
        await using var fleet = await StartAsync(null);
        // Long enough that the test fails if recovery depends on the stall check.
        fleet.Settings["MIGRATION_STALL_AFTER"] = "600";
        fleet.Settings["INTAKE_RESEND_AFTER"] = "600";
        var teams = fleet.SeedTeams(Teams);
        var (serve, _) = await fleet.StartAsync("serve");
        await fleet.PublishAsync(Fleet.Message(teams));
        await CreatedAsync(fleet, Issues);

        await serve.KillAsync();
        var again = await fleet.StartAsync("serve");

        await ShouldCompleteAsync(fleet, again, teams);
    }

    [Fact]
    public async Task Should_hold_all_work_during_a_Redis_outage_without_failures()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var fleet = await StartAsync(broker);
        var teams = fleet.SeedTeams(Teams);
        var starting = await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers"), fleet.StartAsync("workers"));
        await fleet.PublishAsync(Fleet.Message(teams));
        await CreatedAsync(fleet, Issues);

        await fleet.Redis.KillAsync();
        await Until.TrueAsync(async () => !await fleet.IsReadyAsync(starting[1].Process), "a worker reports that it is not ready");
        // Minutes, compressed: many attempts for every message.
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, Token);
        // A process that is stopped meanwhile returns its messages.
        starting[2].Process.Terminate();
        (await starting[2].Process.WaitForExitAsync()).ShouldBe(0, starting[2].Process.Output);
        await fleet.Redis.RestartAsync();

        await ShouldCompleteAsync(fleet, starting[0], teams);
        await ShouldHaveFailedNothingAsync(broker);
        foreach (var (process, _) in starting.Take(2))
        {
            await Until.TrueAsync(() => fleet.IsReadyAsync(process), "each is ready again", state: () => process.Output);
        }
    }

    [Fact]
    public async Task Should_continue_after_a_concurrent_restart_of_Redis_and_RabbitMQ()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var fleet = await StartAsync(broker);
        var teams = fleet.SeedTeams(Teams);
        var starting = await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers"), fleet.StartAsync("workers"));
        await fleet.PublishAsync(Fleet.Message(teams));
        await CreatedAsync(fleet, Issues);

        await Task.WhenAll(fleet.Redis.KillAsync(), broker.StopAsync());
        await Task.WhenAll(fleet.Redis.RestartAsync(), broker.RestartAsync());

        await ShouldCompleteAsync(fleet, starting[0], teams);
        await ShouldHaveFailedNothingAsync(broker);
    }

    static async Task<Fleet> StartAsync(RabbitMqServer? broker)
    {
        var fleet = await Fleet.StartAsync(broker?.AmqpUri, Issues, latencyMilliseconds: 40);
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

    static async Task CreatedAsync(Fleet fleet, int count)
    {
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations >= count, $"{count} issues are there", state: () => fleet.Output);
        fleet.Sandbox.Requests().Creations.ShouldBeLessThan(Issues * Teams, "the outage came too late");
    }

    static async Task ShouldCompleteAsync(Fleet fleet, (MonarchProcess Process, Uri? Web) bridge, IReadOnlyList<string> teams)
    {
        await Until.TrueAsync(() => fleet.IsReadyAsync(bridge.Process), "the bridge is ready again", state: () => bridge.Process.Output);
        (await fleet.EndedAsync(bridge.Web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        await Until.TrueAsync(
            () =>
                fleet.Sandbox.SlackMessages() is [.., var last]
                && last.Text.Contains($"all {Issues} issues migrated", StringComparison.Ordinal),
            "Slack is notified",
            state: () => fleet.Output
        );
    }

    static async Task ShouldHaveFailedNothingAsync(RabbitMqServer broker) =>
        (await broker.Management.QueueDepthsAsync())
            .Where(x => x.Key.EndsWith("_error", StringComparison.Ordinal) || x.Key.EndsWith("_skipped", StringComparison.Ordinal))
            .ShouldAllBe(x => x.Value == 0);
}
