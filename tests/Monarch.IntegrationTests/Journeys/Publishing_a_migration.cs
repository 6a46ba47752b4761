using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>A migration on a real Redis and RabbitMQ, with two Bridges and two workers as separate processes.</summary>
public sealed class Publishing_a_migration(Servers servers)
{
    const int Issues = 120;
    const int Teams = 5;

    [Fact]
    public async Task Should_copy_each_issue_once_and_in_order_into_every_team()
    {
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), Issues);
        var teams = fleet.SeedTeams(Teams);
        var starting = await Task.WhenAll(
            fleet.StartAsync("bridge"),
            fleet.StartAsync("bridge"),
            fleet.StartAsync("workers"),
            fleet.StartAsync("workers")
        );
        var (first, second) = (starting[0].Web!, starting[1].Web!);

        await fleet.PublishAsync(Fleet.Message(teams));

        var batch = (await fleet.EndedAsync(first, 1)).ShouldHaveSingleItem();
        (batch.Status, batch.IssueCount).ShouldBe((BatchStatus.Completed, Issues));
        fleet.ShouldHoldTheSourceInOrder(teams);
        fleet.Sandbox.Requests().Creations.ShouldBe(Issues * Teams);

        // From any Bridge.
        var view = await fleet.MigrationAsync(second, batch.Id);
        view.Repositories!.ShouldAllBe(x => x.Status == RepositoryStatus.Completed && x.Created == Issues && x.Total == Issues);
        (await fleet.CliAsync("XLEN", "monarch:intake")).ShouldBe("0");

        // One message that was updated, and one summary.
        await Until.TrueAsync(() => fleet.Sandbox.SlackMessages().Count == 2, "Slack has both messages");
        var slack = fleet.Sandbox.SlackMessages();
        slack[0].Edits.ShouldNotBeEmpty();
        slack[0].Text.ShouldContain($"{Issues * Teams} of {Issues * Teams}");
        slack[1].Text.ShouldContain($"all {Issues} issues migrated to {Teams} repositories");

        // The same message again creates nothing new.
        await fleet.ForgetPublicationsAsync();
        await fleet.PublishAsync(Fleet.Message(teams));
        var again = (await fleet.EndedAsync(second, 2))[0];
        (await fleet.MigrationAsync(second, again.Id)).Repositories!.ShouldAllBe(x => x.Created == 0 && x.AlreadyThere == Issues);
        fleet.Sandbox.Requests().Creations.ShouldBe(Issues * Teams);

        var depths = await (await servers.RabbitMqManagementAsync()).QueueDepthsAsync(
            new Uri(fleet.Settings["RABBITMQ_URL"]).AbsolutePath.Trim('/')
        );
        depths
            .Where(x => x.Key.EndsWith("_error", StringComparison.Ordinal) || x.Key.EndsWith("_skipped", StringComparison.Ordinal))
            .ShouldAllBe(x => x.Value == 0);
    }

    [Fact]
    public async Task Should_create_one_migration_for_a_message_received_by_all_and_published_twice()
    {
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), issues: 3);
        var teams = fleet.SeedTeams(1);
        var starting = await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("bridge"), fleet.StartAsync("workers"));

        await fleet.PublishAsync(Fleet.Message(teams));
        await fleet.PublishAsync(Fleet.Message(teams));
        await fleet.PublishAsync(Fleet.Message(teams, source: "https://github.com/NSS-group-projects/cider-falls.git"));

        await fleet.EndedAsync(starting[0].Web!, 1);
        (await fleet.MigrationsAsync(starting[1].Web!)).ShouldHaveSingleItem();
        fleet.ShouldHoldTheSourceInOrder(teams);
    }

    [Fact]
    public async Task Should_accept_entries_of_other_publishers()
    {
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), issues: 3);
        var teams = fleet.SeedTeams(1);

        // No process is running yet.
        await fleet.CliAsync("XADD", "monarch:intake", "*", "message", Fleet.Message(teams));
        await fleet.CliAsync("XADD", "monarch:intake", "*", "message", "{\"source_repo\": 7}");
        var starting = await Task.WhenAll(fleet.StartAsync("bridge"), fleet.StartAsync("workers"));

        (await fleet.EndedAsync(starting[0].Web!, 1)).ShouldHaveSingleItem().Status.ShouldBe(BatchStatus.Completed);
        fleet.ShouldHoldTheSourceInOrder(teams);
        (await fleet.CliAsync("XLEN", "monarch:rejected")).ShouldBe("1");
        await Until.TrueAsync(async () => await fleet.CliAsync("XLEN", "monarch:intake") == "0", "the intake is empty");
    }
}
