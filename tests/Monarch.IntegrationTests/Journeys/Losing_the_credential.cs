using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

public sealed class Losing_the_credential(Servers servers)
{
    const int Issues = 60;
    const int Teams = 4;

    // Each target has one command in flight. A worker parks the credential at its second 401, a second after the first; until then each
    // target retries, at most once with each worker.
    const int MostRefusals = 3 * Teams;

    [Fact]
    public async Task Should_stop_requests_show_the_reason_and_continue_with_a_new_credential()
    {
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), Issues, latencyMilliseconds: 20);
        fleet.Settings["RUN_SECONDS"] = "0.2";
        var teams = fleet.SeedTeams(Teams);
        var bridge = (await fleet.StartAsync("bridge")).Web!;
        var workers = (await Task.WhenAll(fleet.StartAsync("workers"), fleet.StartAsync("workers"))).Select(x => x.Process).ToList();
        await fleet.PublishAsync(Fleet.Message(teams));
        await Until.TrueAsync(() => fleet.Sandbox.Requests().Creations > 20, "some issues are created");

        fleet.Sandbox.Faults = new() { LatencyMilliseconds = 20, RevokedTokens = ["a-token"] };

        var batch = (await fleet.MigrationsAsync(bridge)).ShouldHaveSingleItem().Id;
        var firstWait = (
            await Until.ValueAsync(
                async () =>
                    await fleet.MigrationAsync(bridge, batch) is var view
                    && view.Repositories!.All(x => x.Failure?.Kind == FailureKind.Unauthorised)
                        ? view
                        : null,
                "every repository waits"
            )
        ).Repositories!.Max(x => x.WaitingUntil);

        // Then nothing, even if the targets retry.
        await Until.TrueAsync(
            async () => (await fleet.MigrationAsync(bridge, batch)).Repositories!.All(x => x.WaitingUntil > firstWait),
            "every repository has retried"
        );
        Refused(fleet).ShouldBeInRange(2, MostRefusals);

        var credential = (await fleet.CredentialsAsync(bridge)).ShouldHaveSingleItem();
        (credential.Status, credential.Failure!.Kind).ShouldBe((CredentialStatus.Parked, FailureKind.Unauthorised));
        credential.Failure.Remedy!.ShouldContain("GH_PAT");
        fleet.Sandbox.SlackMessages()[0].Text.ShouldContain(":key: GitHub refuses Monarch's token since");
        var log = string.Join('\n', workers.Select(x => x.Output));
        log.Split('\n')
            .Count(line => line.Contains($"Credential \\\"{credential.Name}\\\" is parked", StringComparison.Ordinal))
            .ShouldBe(1, log);
        log.ShouldNotContain("a-token");

        workers.ForEach(x => x.Terminate());
        await Task.WhenAll(workers.Select(x => x.WaitForExitAsync()));
        fleet.Settings["GH_PAT"] = "another-token";
        await Task.WhenAll(fleet.StartAsync("workers"), fleet.StartAsync("workers"));

        (await fleet.EndedAsync(bridge, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        fleet.Sandbox.Requests().Creations.ShouldBe(Issues * Teams);
        Refused(fleet).ShouldBeInRange(2, MostRefusals);
    }

    static long Refused(Fleet fleet) => fleet.Sandbox.Requests().ByKind.Values.Sum(statuses => statuses.GetValueOrDefault(401));
}
