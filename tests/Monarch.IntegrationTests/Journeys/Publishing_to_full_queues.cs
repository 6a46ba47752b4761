using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>A broker with full queues: it neither confirms nor stores messages.</summary>
public sealed class Publishing_to_full_queues(Servers servers)
{
    const int Issues = 30;

    static readonly string[] Endpoints =
    [
        EndpointNames.MigrationBatch,
        EndpointNames.RepositoryMigration,
        EndpointNames.SlackNotification,
        EndpointNames.PrepareTarget,
        EndpointNames.CreateIssues,
        EndpointNames.PostToSlack,
        EndpointNames.StatusProjection,
    ];

    [Fact]
    public async Task Should_complete_without_failures_when_the_queues_have_room_again()
    {
        var (broker, management) = (await servers.RabbitMqAsync(), await servers.RabbitMqManagementAsync());
        var host = broker.AbsolutePath.Trim('/');
        await using var fleet = await Fleet.StartAsync(broker, Issues, latencyMilliseconds: 40);
        // Short slices, so that many answers are refused.
        fleet.Settings["RUN_SECONDS"] = "0.2";
        var teams = fleet.SeedTeams(3);
        var bridge = (await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers")))[0];
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations >= 20, "some issues are created", state: () => fleet.Output);

        await Task.WhenAll(Endpoints.Select(endpoint => management.RefuseAsync(host, endpoint)));
        // It has to last.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, Token);
        fleet.Sandbox.Requests().Creations.ShouldBeLessThan(Issues * 3, "it came too late");
        await Task.WhenAll(Endpoints.Select(endpoint => management.AcceptAsync(host, endpoint)));

        (await fleet.EndedAsync(bridge.Web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        fleet.Sandbox.Requests().Creations.ShouldBe(Issues * 3);
        (await management.QueueDepthsAsync(host))
            .Where(x => x.Key.EndsWith("_error", StringComparison.Ordinal) || x.Key.EndsWith("_skipped", StringComparison.Ordinal))
            .ShouldBeEmpty();
        fleet.Output.ShouldNotContain("This is a bug");
    }
}
