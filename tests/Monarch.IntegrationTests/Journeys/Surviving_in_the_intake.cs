using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>A request is durable from the moment it is received: it is carried out once, whichever process dies.</summary>
public sealed class Surviving_in_the_intake
{
    [Fact]
    public async Task Should_survive_a_bridge_that_is_killed_before_the_broker_has_confirmed()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var fleet = await Fleet.StartAsync(broker.AmqpUri, issues: 5);
        fleet.Settings["INTAKE_RESEND_AFTER"] = "1";
        var teams = fleet.SeedTeams(2);
        var (bridge, _) = await fleet.StartAsync("bridge");

        // A suspended broker accepts the message and confirms nothing.
        broker.Freeze();
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(async () => await fleet.CliAsync("XLEN", "monarch:intake") == "1", "the request is in the intake");
        await bridge.KillAsync();
        broker.Thaw();

        var starting = await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers"));
        (await fleet.EndedAsync(starting[0].Web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        await Until.TrueAsync(async () => await fleet.CliAsync("XLEN", "monarch:intake") == "0", "the intake is empty");
    }

    [Fact]
    public async Task Should_survive_a_broker_outage_with_a_delay()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var fleet = await Fleet.StartAsync(broker.AmqpUri, issues: 5);
        fleet.Settings["INTAKE_RESEND_AFTER"] = "1";
        var teams = fleet.SeedTeams(2);
        var starting = await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers"));

        await broker.StopAsync();
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(async () => await fleet.CliAsync("XLEN", "monarch:intake") == "1", "the request is in the intake");
        await Until.TrueAsync(
            async () => await fleet.MigrationsAsync(starting[0].Web!) is [{ Status: BatchStatus.Queued }],
            "the request is shown as queued"
        );
        await broker.RestartAsync();

        (await fleet.EndedAsync(starting[0].Web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }

    [Fact]
    public async Task Should_survive_a_serve_that_died_between_reading_and_saving()
    {
        await using var fleet = await Fleet.StartAsync(issues: 5);
        fleet.Settings["INTAKE_RESEND_AFTER"] = "1";
        var teams = fleet.SeedTeams(2);

        // The state after such a process: an entry that was delivered to a dead consumer.
        await fleet.CliAsync("XGROUP", "CREATE", "monarch:intake", "bridges", "0", "MKSTREAM");
        await fleet.CliAsync("XADD", "monarch:intake", "*", "message", Fleet.Message(teams));
        await fleet.CliAsync("XREADGROUP", "GROUP", "bridges", "gone", "STREAMS", "monarch:intake", ">");

        var (_, web) = await fleet.StartAsync("serve");
        (await fleet.EndedAsync(web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }

    [Fact]
    public async Task Should_survive_a_serve_that_is_killed_repeatedly()
    {
        await using var fleet = await Fleet.StartAsync(issues: 20, latencyMilliseconds: 20);
        fleet.Settings["INTAKE_RESEND_AFTER"] = "1";
        fleet.Settings["MIGRATION_STALL_AFTER"] = "3";
        fleet.Settings["GITHUB_TIMEOUT"] = "1";
        fleet.Settings["GITHUB_SETTLE"] = "0.5";
        var teams = fleet.SeedTeams(3);
        var (serve, _) = await fleet.StartAsync("serve");
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(
            async () => (await fleet.CliAsync("KEYS", "monarch:intake:once:*")).Length > 0,
            "the request is in the intake"
        );
        await serve.KillAsync();
        for (var created = 0; created < 30; created += 15)
        {
            (serve, _) = await fleet.StartAsync("serve");
            await Until.TrueAsync(
                () => fleet.Sandbox.Requests().Creations > created,
                $"more than {created} issues are there",
                state: () => serve.Output
            );
            await serve.KillAsync();
        }

        var (_, web) = await fleet.StartAsync("serve");
        (await fleet.EndedAsync(web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }
}
