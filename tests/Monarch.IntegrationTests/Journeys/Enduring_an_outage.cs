using System.Collections.Concurrent;
using MassTransit;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Contracts.Migrations;
using Monarch.Hosting.Bus;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Journeys;

public sealed class Enduring_an_outage(Servers servers)
{
    const int Issues = 40;
    const int Teams = 4;
    const int Latency = 20;
    const int Held = 11;
    const int Retries = 2;
    const double FirstWait = 0.2;

    [Fact]
    public async Task Should_wait_with_few_requests_and_continue_with_one_chain_of_commands_each()
    {
        var rabbitMq = await servers.RabbitMqAsync();
        await using var fleet = await StartAsync(rabbitMq);
        var teams = fleet.SeedTeams(Teams);
        var commands = new ConcurrentQueue<CreateIssues>();
        var deferrals = new ConcurrentQueue<Guid>();
        var tap = MassTransit.Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(rabbitMq);
            bus.ConfigureJsonSerializerOptions(MessageJson.Configure);
            bus.ReceiveEndpoint(
                "tap-commands",
                endpoint =>
                {
                    endpoint.ConfigureConsumeTopology = false;
                    endpoint.Bind(EndpointNames.CreateIssues);
                    endpoint.Handler<CreateIssues>(x => NoteAsync(commands, x.Message));
                }
            );
            bus.ReceiveEndpoint(
                "tap-answers",
                endpoint =>
                {
                    endpoint.Handler<RepositoryMigrationDeferred>(x => NoteAsync(deferrals, x.Message.RepositoryMigrationId));
                    endpoint.Handler<IssuesCreated>(x =>
                        x.Message.EndedBy is null ? Task.CompletedTask : NoteAsync(deferrals, x.Message.RepositoryMigrationId)
                    );
                }
            );
        });
        await tap.StartAsync(Token);
        var bridge = (await BeginAsync(fleet, teams)).Bridge;

        var began = TimeProvider.System.GetTimestamp();
        fleet.Sandbox.Faults = new() { Outage = true };
        await Until.TrueAsync(() => Refused() >= 6 * Teams, "GitHub has refused six requests for each target");
        var refused = Refused();
        var lasted = TimeProvider.System.GetElapsedTime(began);
        fleet.Sandbox.Faults = new() { LatencyMilliseconds = Latency };

        // The nth wait is at least 0.8 * 2^n of the first one, so that k attempts take at least 0.8 * (2^(k-1) - 1) of it.
        var tries = 1 + (int)Math.Log2(1 + (lasted.TotalSeconds / (0.8 * FirstWait)));
        refused.ShouldBeLessThanOrEqualTo(Teams * tries * (1 + Retries));

        (await fleet.EndedAsync(bridge, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        fleet.Sandbox.Requests().Creations.ShouldBe(Issues * Teams);
        await ShouldHaveNoErrorsAsync(rabbitMq);

        // A place is requested again only after a deferral; a second chain would request every place again without one.
        foreach (var target in commands.DistinctBy(x => x.CommandId).GroupBy(x => x.RepositoryMigrationId))
        {
            var places = target.Select(x => x.From).ToList();
            await Until.TrueAsync(
                () => places.Count - places.Distinct().Count() <= deferrals.Count(x => x == target.Key),
                "every repetition has its reason",
                state: () => $"{string.Join(' ', places)}; {deferrals.Count(x => x == target.Key)} deferrals"
            );
        }

        await tap.StopAsync(Token);
        teams.ShouldAllBe(team => fleet.Sandbox.Repository(team).HighestConcurrentCreations == 1);

        long Refused() => fleet.Sandbox.Requests().ByKind.Values.Sum(statuses => statuses.GetValueOrDefault(503));
    }

    [Fact]
    public async Task Should_give_up_finally_and_name_what_failed()
    {
        var rabbitMq = await servers.RabbitMqAsync();
        await using var fleet = await StartAsync(rabbitMq);
        fleet.Settings["MIGRATION_GIVE_UP_AFTER"] = "0.001";
        var teams = fleet.SeedTeams(Teams);
        var (bridge, batch) = await BeginAsync(fleet, teams);

        fleet.Sandbox.Faults = new() { Outage = true };

        (await fleet.EndedAsync(bridge, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Failed);
        var view = await fleet.MigrationAsync(bridge, batch);
        view.Repositories!.ShouldAllBe(x =>
            x.Status == RepositoryStatus.Failed && x.Failure!.Message.StartsWith("Given up after") && x.Failure.Remedy != null
        );
        await Until.TrueAsync(() => fleet.Sandbox.SlackMessages().Count == 2, "Slack has the summary");
        teams.ShouldAllBe(team => fleet.Sandbox.SlackMessages()[1].Text.Contains($"{team}: failed: Given up after"));
        await ShouldHaveNoErrorsAsync(rabbitMq);
    }

    [Fact]
    public async Task Should_end_although_a_bug_blocks_one_issue()
    {
        var rabbitMq = await servers.RabbitMqAsync();
        await using var fleet = await StartAsync(rabbitMq);
        var teams = fleet.SeedTeams(1);
        var (bridge, batch) = await BeginAsync(fleet, teams);
        // An entry of the ledger that no version writes: the step that reads it fails.
        var ledger = (await fleet.CliAsync("--scan", "--pattern", "monarch:ledger:*"))
            .Split('\n')
            .Single(key => key.Count(':'.Equals) == 3);
        var last = fleet.Sandbox.Repository(Fleet.Source).Issues!.Last(issue => issue is { State: "open", IsPullRequest: false }).Number;
        await fleet.CliAsync("HSET", ledger, $"{last}", "i?");
        fleet.Sandbox.Faults = new() { LatencyMilliseconds = Latency };

        (await fleet.EndedAsync(bridge, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.CompletedWithFailures);
        var repository = (await fleet.MigrationAsync(bridge, batch)).Repositories.ShouldHaveSingleItem();
        (repository.Created, repository.Rejected).ShouldBe((Issues - 1, 1));
        repository.RejectedIssues.ShouldHaveSingleItem().Failure.Kind.ShouldBe(FailureKind.Bug);
        await Until.TrueAsync(
            async () => (await DepthsAsync(rabbitMq)).Where(x => x.Value > 0).SequenceEqual([new("create-issues_error", 1)]),
            "the failed message is stored and every other queue is empty"
        );
    }

    static Task NoteAsync<T>(ConcurrentQueue<T> notes, T note)
    {
        notes.Enqueue(note);
        return Task.CompletedTask;
    }

    static async Task<Fleet> StartAsync(Uri rabbitMq)
    {
        var fleet = await Fleet.StartAsync(rabbitMq, Issues, latencyMilliseconds: Latency);
        fleet.Settings["RUN_ISSUES"] = "5";
        fleet.Settings["MIGRATION_RETRY_DELAY"] = $"{FirstWait}";
        fleet.Settings["GITHUB_RETRIES"] = $"{Retries}";
        fleet.Settings["GITHUB_RETRY_INTERVAL"] = "50";
        fleet.Settings["GITHUB_SETTLE"] = "0.5";
        return fleet;
    }

    // Returns when some issues are there; GitHub holds the others until its faults are changed.
    static async Task<(Uri Bridge, Guid Batch)> BeginAsync(Fleet fleet, IEnumerable<string> teams)
    {
        var bridge = (await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers"), fleet.StartAsync("workers")))[0].Web!;
        fleet.Sandbox.Faults = new() { LatencyMilliseconds = Latency, HoldAfterCreations = Held };
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations >= Held, "some issues are created");
        return (bridge, (await fleet.MigrationsAsync(bridge)).ShouldHaveSingleItem().Id);
    }

    async Task ShouldHaveNoErrorsAsync(Uri rabbitMq) =>
        (await DepthsAsync(rabbitMq))
            .Where(x =>
                x.Value > 0 && (x.Key.EndsWith("_error", StringComparison.Ordinal) || x.Key.EndsWith("_skipped", StringComparison.Ordinal))
            )
            .ShouldBeEmpty();

    async Task<IReadOnlyDictionary<string, long>> DepthsAsync(Uri rabbitMq) =>
        await (await servers.RabbitMqManagementAsync()).QueueDepthsAsync(rabbitMq.AbsolutePath.Trim('/'));
}
