using System.Net;
using System.Net.Http.Json;
using Monarch.Bridge.Api;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;
using static Monarch.IntegrationTests.CurrentTest;

namespace Monarch.IntegrationTests.Journeys;

/// <summary>A dry run on a real Redis and RabbitMQ, with two Bridges and two workers as separate processes.</summary>
public sealed class Running_a_migration_dry(Servers servers)
{
    const int Issues = 30;

    [Fact]
    public async Task Should_answer_202_and_complete_without_a_migration()
    {
        await using var fleet = await Fleet.StartAsync(await servers.RabbitMqAsync(), Issues);
        var teams = fleet.SeedTeams(3);
        fleet.Sandbox.Change(teams[2], new() { Archived = true });
        var starting = await Task.WhenAll(
            fleet.StartAsync("bridge"),
            fleet.StartAsync("bridge"),
            fleet.StartAsync("workers"),
            fleet.StartAsync("workers")
        );
        using var first = new HttpClient { BaseAddress = starting[0].Web };
        using var second = new HttpClient { BaseAddress = starting[1].Web };

        using var content = new StringContent(Fleet.Message(teams));
        using var answer = await first.PostAsync("api/migrations?dryRun=true", content, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var accepted = (await answer.Content.ReadFromJsonAsync(ApiJson.Default.AcceptedMigration, Token))!;
        // From any Bridge.
        var view = await Until.ValueAsync(
            async () =>
                await second.GetFromJsonAsync(accepted.Status.TrimStart('/'), ApiJson.Default.DryRunView, Token)
                    is { Status: DryRunStatus.Completed, Duration.Seconds: not null } completed
                    ? completed
                    : null,
            "the dry run completes, and its duration is known",
            state: () => fleet.Output
        );

        (view.Create, view.RepositoriesChecked).ShouldBe((2 * Issues, 3));
        view.Repositories.Select(x => x.Status)
            .ShouldBe([DryRunTargetStatus.Checked, DryRunTargetStatus.Checked, DryRunTargetStatus.Refused]);
        view.Repositories[0].Plan!.ToCreate.Count.ShouldBe(Issues);
        fleet.Sandbox.Requests().Creations.ShouldBe(0);
        fleet.Sandbox.Requests().ByKind.Keys.ShouldAllBe(kind => kind.StartsWith("GET", StringComparison.Ordinal));
        fleet.Sandbox.SlackMessages().ShouldBeEmpty();
        (await fleet.MigrationsAsync(starting[0].Web!)).ShouldBeEmpty();

        // The migration does what the dry run said.
        using var real = new StringContent(Fleet.Message(teams));
        (await second.PostAsync("api/migrations", real, Token)).Dispose();
        var ended = (await fleet.EndedAsync(starting[0].Web!, 1)).ShouldHaveSingleItem();
        ended.Status.ShouldBe(BatchStatus.CompletedWithFailures);
        fleet.Sandbox.Requests().Creations.ShouldBe(view.Create);
    }
}
