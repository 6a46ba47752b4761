using Monarch.Bridge.Status;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>
/// Four workers with a GitHub that bans callers which ignore its limits. A minute lasts one second and an hour fifteen, for both sides.
/// </summary>
public sealed class Keeping_within_the_limits(Servers servers)
{
    const int Teams = 8;
    const int Issues = 20;

    [Fact]
    public async Task Should_never_exceed_configured_limits_and_show_what_it_waits_for()
    {
        await using var fleet = await StartAsync(perMinute: 40, perHour: 60);
        var (web, teams) = await MigrateAsync(fleet);

        // The hourly limit is reached soon, and the repositories show the wait.
        MigrationView waiting = null!;
        await Until.TrueAsync(
            async () =>
                await fleet.MigrationsAsync(web) is [var migration]
                && (waiting = await fleet.MigrationAsync(web, migration.Id)) is { ExpectedEndAt: not null }
                && waiting.Repositories!.Any(x =>
                    x is { WaitingUntil: not null, Failure: { Kind: FailureKind.Throttled, Message: "GitHub's hourly limit" } }
                ),
            "a repository waits for the hourly limit, and the expected end is shown",
            state: () => fleet.Output
        );
        waiting.ExpectedEndAt!.Value.ShouldBeGreaterThanOrEqualTo(waiting.Repositories!.Max(x => x.WaitingUntil)!.Value);
        CredentialView account = null!;
        await Until.TrueAsync(
            async () => (account = (await fleet.CredentialsAsync(web)).ShouldHaveSingleItem()).Budget is { UsedThisHour: > 0 },
            "a worker has reported what is used",
            state: () => fleet.Output
        );
        waiting.Repositories!.ShouldAllBe(x => x.Account == account.Account);
        (account.Budget!.CreatesPerMinute, account.Budget.CreatesPerHour).ShouldBe((40, 60));
        account.Budget.UsedThisHour.ShouldBeLessThanOrEqualTo(60);
        await ShouldEndWellAsync(fleet, web, teams);
        fleet.Sandbox.Requests().Violations.ShouldBeEmpty();
        fleet.Sandbox.Requests().RequestsWhileLimited.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_learn_an_unknown_limit_without_being_banned(bool namesTime)
    {
        await using var fleet = await StartAsync(perMinute: 20, perHour: null, namesTime);
        var (web, teams) = await MigrateAsync(fleet);
        await ShouldEndWellAsync(fleet, web, teams);

        var requests = fleet.Sandbox.Requests();
        requests.Violations.Values.Sum().ShouldBeLessThanOrEqualTo(5, "one reveals the limit, and each probe may be one");
        requests.RequestsWhileLimited.ShouldBeLessThanOrEqualTo(5);
    }

    static async Task ShouldEndWellAsync(Fleet fleet, Uri web, IReadOnlyList<string> teams)
    {
        (await fleet.EndedAsync(web, 1)).Single().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        fleet.Sandbox.Requests().Banned.ShouldBeEmpty();
        fleet.Sandbox.Requests().Creations.ShouldBe(Teams * Issues);
    }

    static async Task<(Uri Web, IReadOnlyList<string> Teams)> MigrateAsync(Fleet fleet)
    {
        var teams = fleet.SeedTeams(Teams);
        var (_, web) = await fleet.StartAsync("bridge");
        for (var i = 0; i < 4; i++)
        {
            await fleet.StartAsync("workers");
        }

        await fleet.PublishAsync(Fleet.Message(teams));
        return (web!, teams);
    }

    async Task<Fleet> StartAsync(int perMinute, int? perHour, bool namesTime = true)
    {
        var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), Issues, pullRequests: 2, latencyMilliseconds: 5);
        fleet.Sandbox.Limits = new()
        {
            PrimaryPerHour = 5000,
            Concurrency = 100,
            PointsPerMinute = 900,
            CreationsPerMinute = perMinute,
            CreationsPerHour = perHour,
            MinuteSeconds = 1,
            HourSeconds = 15,
            SendRetryAfter = namesTime,
            BanAfterRequestsWhileLimited = 10,
        };
        foreach (
            var (key, value) in (IEnumerable<(string, string)>)
                [
                    ("GITHUB_CREATES_PER_MINUTE", "40"),
                    ("GITHUB_CREATES_PER_HOUR", $"{perHour ?? 0}"),
                    ("GITHUB_START_PER_MINUTE", "40"),
                    ("GITHUB_WRITE_GAP", "0"),
                    ("GITHUB_POINTS_PER_MINUTE", "900"),
                    ("GITHUB_MINUTE", "1"),
                    ("GITHUB_HOUR", "15"),
                    ("MIGRATION_RETRY_DELAY", "0.2"),
                ]
        )
        {
            fleet.Settings[key] = value;
        }

        return fleet;
    }
}
