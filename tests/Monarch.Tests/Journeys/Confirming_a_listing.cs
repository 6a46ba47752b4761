using System.Text.Json;
using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

/// <summary>GitHub's listings lag, sometimes by everything: a listing that lacks what GitHub counts is requested again.</summary>
public sealed class Confirming_a_listing : JourneyTest
{
    const long SourceId = 77;
    const long TargetId = 22;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Should_copy_all_issues_of_a_source_that_was_listed_as_empty(int times)
    {
        Seed(6);
        ListNothing(SourceId, times);
        await StartAsync();

        (await MigrateAsync(Teams(1))).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled("teams/n1");
        Titles("teams/n1").Count.ShouldBe(6);
    }

    [Fact]
    public async Task Should_copy_all_issues_of_a_source_whose_last_page_was_missing()
    {
        Seed(150);
        ListFirstPageOnly(SourceId);
        await StartAsync();

        (await MigrateAsync(Teams(1))).Status.ShouldBe(BatchStatus.Completed);
        Titles("teams/n1").Count.ShouldBe(150);
    }

    [Fact]
    public async Task Should_show_what_it_waits_for()
    {
        Seed(6);
        ListNothing(SourceId, 1);
        await StartAsync(("GITHUB_SETTLE", "3"));
        var id = await RequestAsync(Teams(1));

        var waiting = await UntilAsync(id, view => view.WaitingUntil is not null, "it waits");
        waiting.Failure!.Message.ShouldContain("0 of the 6 open issues");
        (await EndAsync(id)).Status.ShouldBe(BatchStatus.Completed);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(150)]
    public async Task Should_create_no_duplicates_after_a_short_listing_without_a_ledger(int issues)
    {
        Seed(issues);
        await StartAsync();
        await MigrateAsync(Teams(1));
        await RestartAsync();
        if (issues > 100)
        {
            ListFirstPageOnly(TargetId);
        }
        else
        {
            ListNothing(TargetId, 1);
        }

        var second = await MigrateAsync(Teams(1));
        (second.Status, second.Repositories![0].AlreadyThere).ShouldBe((BatchStatus.Completed, issues));
        ShouldBeFilled("teams/n1");
    }

    [Fact]
    public async Task Should_finally_accept_a_stable_listing()
    {
        // GitHub counts issues that it does not list, those of hidden accounts.
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = 3,
            }
        );
        Sandbox.Seed(
            new()
            {
                FullName = "teams/n1",
                Id = TargetId,
                Issues = [new() { Title = "Hidden" }],
            }
        );
        ListNothing(SourceId, 1000);
        await StartAsync();
        (await MigrateAsync(Teams(1))).Status.ShouldBe(BatchStatus.Skipped);

        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId + 1,
                GenerateIssues = 3,
            }
        );
        ListNothing(TargetId, 1000);
        (await MigrateAsync(Teams(1))).Status.ShouldBe(BatchStatus.Completed);
        Titles("teams/n1").ShouldBe(["Hidden", .. Wanted()]);
    }

    void Seed(int issues)
    {
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                Id = SourceId,
                GenerateIssues = issues,
            }
        );
        Sandbox.Seed(new() { FullName = "teams/n1", Id = TargetId });
    }

    void ListNothing(long repositoryId, int times) =>
        Sandbox.Script(
            new()
            {
                Method = "GET",
                Path = $"/repositories/{repositoryId}/issues$",
                Status = 200,
                Body = "[]",
                Count = times,
            }
        );

    // The first page as it is, but without the link to the next one.
    void ListFirstPageOnly(long repositoryId)
    {
        var page = Sandbox
            .Repository(repositoryId == SourceId ? Source : "teams/n1")
            .Issues!.Take(100)
            .Select(issue => new
            {
                number = issue.Number,
                title = issue.Title,
                body = issue.Body,
                state = issue.State,
            });
        Sandbox.Script(
            new()
            {
                Method = "GET",
                Path = $"/repositories/{repositoryId}/issues$",
                Status = 200,
                Body = JsonSerializer.Serialize(page),
            }
        );
    }
}
