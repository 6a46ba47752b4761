using Monarch.Bridge.Status;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Monarch.Testing;
using Monarch.Tests.Cli;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>The commands of people to a migration, from the command line, with each component in its own process.</summary>
public sealed class Commanding_a_migration(Servers servers)
{
    const int Issues = 60;
    const int Held = 11;
    const int Latency = 20;

    [Fact]
    public async Task Should_create_nothing_while_paused_until_it_is_resumed()
    {
        await using var fleet = await StartAsync(await servers.RabbitMqAsync());
        var teams = fleet.SeedTeams(4);
        var (bridge, batch) = await BeginAsync(fleet, teams.Take(2));

        await CommandAsync($"pause {batch} --reason lunch", bridge);
        GoOn(fleet);
        var paused = await UntilAsync(
            fleet,
            bridge,
            batch,
            view => view.IsPaused && view.Repositories!.All(x => x.IsPaused),
            "it is paused"
        );
        paused.Interventions.Select(x => (x.Kind, x.Reason)).ShouldBe([(InterventionKind.Pause, "lunch")]);
        await Until.TrueAsync(() => fleet.Sandbox.SlackMessages().Any(x => x.Text.Contains("paused: lunch")), "Slack shows it");

        // Work in flight at the pause completes, long before a whole migration would.
        await fleet.PublishAsync(Fleet.Message([teams[2]]));
        await fleet.EndedAsync(bridge, 1);
        var created = fleet.Sandbox.Requests().Creations;

        // While another migration runs from start to end, this one does nothing.
        await fleet.PublishAsync(Fleet.Message([teams[3]]));
        await fleet.EndedAsync(bridge, 2);
        fleet.Sandbox.Requests().Creations.ShouldBe(created + Issues);

        await CommandAsync($"resume {batch}", bridge);
        (await EndedAsync(fleet, bridge, batch)).Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
    }

    [Fact]
    public async Task Should_cancel_and_keep_issues_already_copied()
    {
        await using var fleet = await StartAsync(await servers.RabbitMqAsync());
        var teams = fleet.SeedTeams(2);
        var (bridge, batch) = await BeginAsync(fleet, teams);

        await CommandAsync($"cancel {batch} --reason wrong-teams", bridge);
        GoOn(fleet);
        var cancelled = await EndedAsync(fleet, bridge, batch);

        cancelled.Status.ShouldBe(BatchStatus.Cancelled);
        cancelled.Interventions.ShouldHaveSingleItem().Reason.ShouldBe("wrong-teams");
        var titles = fleet
            .Sandbox.Repository(Fleet.Source)
            .Issues!.Where(x => x is { State: "open", IsPullRequest: false })
            .Select(x => x.Title)
            .ToList();
        foreach (var repository in cancelled.Repositories!)
        {
            var there = fleet.Sandbox.Repository(repository.Requested).Issues!.Select(x => x.Title).ToList();
            there.ShouldBe(titles.Take(there.Count));
            there.Count.ShouldBeLessThan(Issues);
            (repository.Status, repository.Created).ShouldBe((RepositoryStatus.Cancelled, there.Count));
        }

        await Until.TrueAsync(
            () => fleet.Sandbox.SlackMessages()[^1].Text.StartsWith(":no_entry_sign:", StringComparison.Ordinal),
            "Slack shows it"
        );
        fleet.Sandbox.SlackMessages()[^1].Text.ShouldContain("cancelled: wrong-teams");

        (await CliRun.OfAsync($"pause {batch} --url {bridge}")).ExitCode.ShouldBe(ExitCodes.Usage);
    }

    [Fact]
    public async Task Should_retry_what_failed_and_post_another_summary()
    {
        await using var fleet = await StartAsync(await servers.RabbitMqAsync());
        var teams = fleet.SeedTeams(2);
        var titles = fleet
            .Sandbox.Repository(Fleet.Source)
            .Issues!.Where(x => x is { State: "open", IsPullRequest: false })
            .Select(x => x.Title)
            .ToList();
        fleet.Sandbox.Change(teams[0], new() { RejectedTitles = [titles[5]] });
        fleet.Sandbox.Change(teams[1], new() { HasIssues = false });
        var (bridge, batch) = await BeginAsync(fleet, teams);
        GoOn(fleet);
        (await EndedAsync(fleet, bridge, batch)).Status.ShouldBe(BatchStatus.CompletedWithFailures);
        await Until.TrueAsync(() => fleet.Sandbox.SlackMessages().Count == 2, "Slack has the summary");

        fleet.Sandbox.Change(teams[0], new() { RejectedTitles = [] });
        fleet.Sandbox.Change(teams[1], new() { HasIssues = true });
        await CommandAsync($"retry {batch} --reason fixed", bridge);

        await UntilAsync(fleet, bridge, batch, view => view.Status == BatchStatus.Completed, "it has completed");
        fleet.Sandbox.Repository(teams[0]).Issues!.Select(x => x.Title).ShouldBe([.. titles.Where(x => x != titles[5]), titles[5]]);
        fleet.ShouldHoldTheSourceInOrder(teams.Skip(1));
        await Until.TrueAsync(() => fleet.Sandbox.SlackMessages().Count == 3, "Slack has another summary");
        fleet.Sandbox.SlackMessages()[2].Text.ShouldContain($"all {Issues} issues migrated to 2 repositories, after a retry");
        fleet.Sandbox.SlackMessages()[0].Text.ShouldContain($"ended, {Issues * 2} of {Issues * 2}");

        var again = await CliRun.OfAsync($"retry {batch} --url {bridge}");
        again.ExitCode.ShouldBe(ExitCodes.Usage);
        again.Output.ShouldContain("nothing failed in it");
    }

    [Fact]
    public async Task Should_report_a_broker_outage_and_accept_the_command_afterwards()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var fleet = await StartAsync(broker.AmqpUri);
        var (bridge, batch) = await BeginAsync(fleet, fleet.SeedTeams(2));
        await CommandAsync($"pause {batch}", bridge);
        GoOn(fleet);
        await UntilAsync(fleet, bridge, batch, view => view.IsPaused, "it is paused");

        await broker.StopAsync();
        using var http = new HttpClient { BaseAddress = bridge, Timeout = TimeSpan.FromSeconds(20) };
        using var refused = await http.PostAsync($"api/migrations/{batch}/cancel", null, Token);
        ((int)refused.StatusCode, refused.Headers.RetryAfter?.Delta).ShouldBe((503, TimeSpan.FromSeconds(5)));
        (await CliRun.OfAsync($"cancel {batch} --url {bridge}")).ExitCode.ShouldBe(ExitCodes.Unavailable);

        await broker.RestartAsync();
        await Until.TrueAsync(
            async () => (await CliRun.OfAsync($"cancel {batch} --url {bridge}")).ExitCode == 0,
            "the command is accepted"
        );
        (await EndedAsync(fleet, bridge, batch)).Status.ShouldBe(BatchStatus.Cancelled);
    }

    static async Task<Fleet> StartAsync(Uri rabbitMq)
    {
        var fleet = await Fleet.StartAsync(rabbitMq, Issues, latencyMilliseconds: Latency);
        fleet.Settings["RUN_SECONDS"] = "0.2";
        // Longer than the duration of a command on a slow machine.
        fleet.Settings["GITHUB_TIMEOUT"] = "120";
        return fleet;
    }

    // Returns when some issues are there; the sandbox holds further creations until GoOn is called.
    static async Task<(Uri Bridge, Guid Batch)> BeginAsync(Fleet fleet, IEnumerable<string> teams)
    {
        var bridge = (await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers")))[0].Web!;
        fleet.Sandbox.Faults = new() { LatencyMilliseconds = Latency, HoldAfterCreations = Held };
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations >= Held, "some issues are created");
        return (bridge, (await fleet.MigrationsAsync(bridge)).ShouldHaveSingleItem().Id);
    }

    static void GoOn(Fleet fleet) => fleet.Sandbox.Faults = new() { LatencyMilliseconds = Latency };

    static async Task CommandAsync(string command, Uri bridge)
    {
        var run = await CliRun.OfAsync($"{command} --url {bridge}");
        run.ExitCode.ShouldBe(0, run.Output);
    }

    static Task<MigrationView> EndedAsync(Fleet fleet, Uri bridge, Guid batch) =>
        UntilAsync(fleet, bridge, batch, view => view.Status > BatchStatus.Migrating, "it has ended");

    static Task<MigrationView> UntilAsync(Fleet fleet, Uri bridge, Guid batch, Func<MigrationView, bool> condition, string what) =>
        Until.ValueAsync(async () => await fleet.MigrationAsync(bridge, batch) is var view && condition(view) ? view : null, what);
}
