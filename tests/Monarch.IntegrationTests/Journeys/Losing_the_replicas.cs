using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.IntegrationTests.Redis;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>Another server is promoted, and a process stays connected to the old master: a split brain.</summary>
public sealed class Losing_the_replicas
{
    const int Issues = 30;

    [Fact]
    public async Task Should_create_nothing_without_replicas_and_continue_when_there_is_one()
    {
        await using var fleet = await Fleet.StartAsync(issues: Issues, latencyMilliseconds: 40);
        await using var replica = await Replica.OfAsync(fleet.Redis);
        fleet.Settings["VALKEY_WAIT_REPLICAS"] = "1";
        var teams = fleet.SeedTeams(3);
        var (serve, web) = await fleet.StartAsync("serve");
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations >= Issues, "some issues are created", state: () => fleet.Output);

        (await replica.SendAsync("REPLICAOF NO ONE")).ShouldBe("+OK");

        var first = await WaitsAsync(fleet, web!, DateTimeOffset.MinValue);
        var created = fleet.Sandbox.Requests().Creations;
        created.ShouldBeLessThan(Issues * 3, "the failover came too late");
        await WaitsAsync(fleet, web!, first.Max(x => x.WaitingUntil!.Value));
        fleet.Sandbox.Requests().Creations.ShouldBe(created);

        (await replica.SendAsync($"REPLICAOF 127.0.0.1 {fleet.Redis.Port}")).ShouldBe("+OK");
        (await fleet.EndedAsync(web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        serve.Output.ShouldNotContain("min-replicas-to-write");
    }

    [Fact]
    public async Task Should_warn_once_at_start_when_a_master_may_write_without_replicas()
    {
        await using var fleet = await Fleet.StartAsync();
        await using var replica = await Replica.OfAsync(fleet.Redis);

        var (serve, _) = await fleet.StartAsync("serve");

        serve.Output.Split("it has 1 replicas, and without min-replicas-to-write").Length.ShouldBe(2, serve.Output);
    }

    static Task<IReadOnlyList<RepositoryView>> WaitsAsync(Fleet fleet, Uri web, DateTimeOffset since) =>
        Until.ValueAsync(
            async () =>
                await fleet.MigrationsAsync(web) is [var batch]
                && (await fleet.MigrationAsync(web, batch.Id)).Repositories is { } repositories
                && repositories.All(x =>
                    x.WaitingUntil > since
                    && x.Failure is { Kind: FailureKind.Transient } failure
                    && failure.Message.Contains("VALKEY_WAIT_REPLICAS", StringComparison.Ordinal)
                )
                    ? repositories
                    : null,
            "every repository waits for replicas",
            state: () => fleet.Output
        );
}
