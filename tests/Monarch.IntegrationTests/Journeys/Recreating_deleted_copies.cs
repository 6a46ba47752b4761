using Monarch.Contracts.Migrations;
using Monarch.Tests.Cli;
using Shouldly;
using Xunit;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>A copy that was deleted in a target stays deleted, unless the request recreates it.</summary>
public sealed class Recreating_deleted_copies
{
    const int Issues = 8;

    [Fact]
    public async Task Should_recreate_only_when_requested()
    {
        await using var fleet = await Fleet.StartAsync(issues: Issues);
        var team = fleet.SeedTeams(1)[0];
        var (_, web) = await fleet.StartAsync("serve");
        await PublishAsync(fleet, team);
        await fleet.EndedAsync(web!, 1);
        var deleted = fleet.Sandbox.Repository(team).Issues![2];
        fleet.Sandbox.DeleteIssue(team, deleted.Number);

        await fleet.ForgetPublicationsAsync();
        await PublishAsync(fleet, team);
        (await NewestEndedAsync(fleet, web!, 2)).ShouldBe((RepositoryStatus.Completed, 0, Issues));
        fleet.Sandbox.Requests().Creations.ShouldBe(Issues);

        await PublishAsync(fleet, team, "--recreate");
        (await NewestEndedAsync(fleet, web!, 3)).ShouldBe((RepositoryStatus.Completed, 1, Issues - 1));
        fleet.Sandbox.Requests().Creations.ShouldBe(Issues + 1);
        fleet.Sandbox.Repository(team).Issues!.Count(issue => issue.Title == deleted.Title).ShouldBe(1);
    }

    static async Task<(RepositoryStatus, int?, int?)> NewestEndedAsync(Fleet fleet, Uri web, int count)
    {
        var newest = (await fleet.EndedAsync(web, count))[0];
        var repository = (await fleet.MigrationAsync(web, newest.Id)).Repositories.ShouldHaveSingleItem();
        return (repository.Status, repository.Created, repository.AlreadyThere);
    }

    static async Task PublishAsync(Fleet fleet, string team, string options = "")
    {
        var run = await CliRun.OfAsync(
            $"publish {Fleet.Source} {team} {options}",
            [.. fleet.Settings.Select(setting => $"{setting.Key}={setting.Value}")]
        );
        run.ExitCode.ShouldBe(0, run.Output);
    }
}
