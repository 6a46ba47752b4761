using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>Redis is new, emptied or restarted while real processes copy issues.</summary>
public sealed class Losing_Redis_during_a_migration(Servers servers)
{
    [Fact]
    public async Task Should_wait_on_a_new_Redis_and_show_the_reason_and_the_deadline()
    {
        await using var fleet = await StartAsync(newRedis: true);
        fleet.Settings["GITHUB_TIMEOUT"] = "3";
        var teams = fleet.SeedTeams(1);
        var (_, web) = await fleet.StartAsync("serve");
        await Until.TrueAsync(
            async () => await fleet.CliAsync("EXISTS", "monarch:epoch") == "1",
            "the wait begins with the process, before any request"
        );
        // Emptied again, so that the wait does not end before the request.
        await fleet.CliAsync("FLUSHALL");
        await fleet.PublishAsync(Fleet.Message(teams));

        var team = await Until.ValueAsync(
            async () => await TeamAsync(fleet, web!) is { WaitingUntil: not null } waiting ? waiting : null,
            "the API shows the wait"
        );
        team.Failure!.Message.ShouldMatch("^First start on an empty Redis: nothing is created until ..:..:.. UTC");
        fleet.Sandbox.Requests().Creations.ShouldBe(0);

        (await fleet.EndedAsync(web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }

    [Fact]
    public async Task Should_create_no_duplicates_when_the_request_is_repeated_on_an_empty_Redis()
    {
        await using var fleet = await StartAsync();
        var teams = fleet.SeedTeams(2);
        var (_, web) = await fleet.StartAsync("serve");
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations > 8, "it is running");
        await fleet.CliAsync("FLUSHALL");

        await fleet.PublishAsync(Fleet.Message(teams));
        (await fleet.EndedAsync(web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }

    [Fact]
    public async Task Should_continue_automatically_after_a_restart_of_Redis()
    {
        await using var fleet = await StartAsync();
        var teams = fleet.SeedTeams(2);
        var (_, web) = await fleet.StartAsync("serve");
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations > 8, "it is running");
        await fleet.Redis.RestartAsync();
        await Until.TrueAsync(() => AnswersAsync(fleet, web!), "the API answers again");

        (await fleet.EndedAsync(web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }

    [Fact]
    public async Task Should_create_each_issue_once_for_concurrent_migrations_in_two_processes()
    {
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), issues: 60);
        fleet.Settings["RUN_ISSUES"] = "5";
        var teams = fleet.SeedTeams(2);
        var (_, web) = await fleet.StartAsync("bridge");
        await Task.WhenAll(fleet.StartAsync("workers"), fleet.StartAsync("workers"));
        await Task.WhenAll(fleet.PublishAsync(Fleet.Message(teams, "C1")), fleet.PublishAsync(Fleet.Message(teams, "C2")));

        var batches = await fleet.EndedAsync(web!, 2);
        batches.Count.ShouldBe(2);
        batches.ShouldAllBe(batch => batch.Status == BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }

    static async Task<RepositoryView?> TeamAsync(Fleet fleet, Uri web) =>
        await fleet.MigrationsAsync(web) is [{ Id: var id }] && (await fleet.MigrationAsync(web, id)).Repositories is [var team]
            ? team
            : null;

    static async Task<bool> AnswersAsync(Fleet fleet, Uri web)
    {
        try
        {
            return (await fleet.MigrationsAsync(web)).Count == 1;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static async Task<Fleet> StartAsync(bool newRedis = false)
    {
        var fleet = await Fleet.StartAsync(issues: 40, latencyMilliseconds: 40, newRedis: newRedis);
        fleet.Settings["GITHUB_TIMEOUT"] = "1";
        fleet.Settings["GITHUB_SETTLE"] = "0.5";
        fleet.Settings["RUN_ISSUES"] = "5";
        fleet.Settings["MIGRATION_STALL_AFTER"] = "3";
        return fleet;
    }
}
