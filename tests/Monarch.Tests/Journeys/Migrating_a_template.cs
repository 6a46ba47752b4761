using Monarch.Contracts.Migrations;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

public sealed class Migrating_a_template : JourneyTest
{
    [Fact]
    public async Task Should_copy_each_open_issue_once_and_in_order_into_every_target_and_nothing_the_second_time()
    {
        var teams = Teams(5);
        Seed(120, teams, closed: 15, pullRequests: 10);
        await StartAsync();

        var first = await MigrateAsync(teams);
        (first.Status, first.IssueCount, first.RepositoriesEnded).ShouldBe((BatchStatus.Completed, 120, 5));
        first.Repositories!.ShouldAllBe(team => team.Status == RepositoryStatus.Completed && team.Created == 120 && team.AlreadyThere == 0);
        ShouldBeFilled(teams);

        var second = await MigrateAsync(teams);
        second.Status.ShouldBe(BatchStatus.Completed);
        second.Repositories!.ShouldAllBe(team => team.Created == 0 && team.AlreadyThere == 120);
        ShouldBeFilled(teams);
        Sandbox.Requests().Of("POST issues").ShouldBe(600);
    }

    [Fact]
    public async Task Should_find_existing_copies_without_stored_state()
    {
        Seed(5, Teams(1));
        await StartAsync();
        await MigrateAsync(Teams(1));
        // As if it had been another Monarch: the first process is gone, and its state with it.
        await RestartAsync();
        (await MigrateAsync(Teams(1))).Repositories![0].AlreadyThere.ShouldBe(5);
        ShouldBeFilled(Teams(1));
    }

    [Fact]
    public async Task Should_add_only_what_is_new_in_the_source()
    {
        Seed(3, Teams(1));
        await StartAsync();
        await MigrateAsync(Teams(1));
        Sandbox.Seed(new() { FullName = Source, GenerateIssues = 6 });
        var view = await MigrateAsync(Teams(1));
        (view.Repositories![0].Created, view.Repositories[0].AlreadyThere).ShouldBe((3, 3));
        Titles("teams/n1").Count.ShouldBe(6);
    }

    [Fact]
    public async Task Should_skip_a_source_without_open_issues()
    {
        Sandbox.Seed(
            new()
            {
                FullName = Source,
                GenerateClosedIssues = 2,
                GeneratePullRequests = 2,
            }
        );
        Sandbox.Seed(new() { FullName = "teams/n1" });
        await StartAsync();
        (await MigrateAsync(Teams(1))).Status.ShouldBe(BatchStatus.Skipped);
        (await SlackAsync(2))[1].Text.ShouldContain("skipped");
    }

    [Fact]
    public async Task Should_fail_with_a_remedy_when_there_is_no_such_source()
    {
        Sandbox.Seed(new() { FullName = "teams/n1" });
        await StartAsync();
        var view = await MigrateAsync(Teams(1));
        (view.Status, view.Failure!.Status).ShouldBe((BatchStatus.Failed, 404));
        view.Failure.Remedy.ShouldNotBeNullOrEmpty();
        (await SlackAsync(2))[1].Text.ShouldContain(view.Failure.Remedy);
    }

    [Fact]
    public async Task Should_find_a_source_that_was_renamed()
    {
        Seed(3, Teams(1));
        Sandbox.Rename(Source, "school/renamed");
        await StartAsync();
        (await MigrateAsync(Teams(1))).Source.ShouldBe("school/renamed");
        Titles("teams/n1").Count.ShouldBe(3);

        // By its new name it is the same source.
        (await MigrateAsync(Teams(1), source: "school/renamed"))
            .Repositories![0]
            .AlreadyThere.ShouldBe(3);
    }

    [Fact]
    public async Task Should_end_each_target_that_refuses_with_its_remedy_and_fill_the_others()
    {
        Seed(4, [.. Teams(2), "teams/archived", "teams/off", "teams/readonly", "teams/before"]);
        Sandbox.Change("teams/archived", new() { Archived = true });
        Sandbox.Change("teams/off", new() { HasIssues = false });
        Sandbox.Change("teams/readonly", new() { IssuesWritable = false });
        Sandbox.Rename("teams/before", "teams/after");
        Sandbox.Rename(Source, "school/interim");
        Sandbox.Rename("school/interim", Source);
        await StartAsync();

        string[] targets =
        [
            "teams/missing",
            "teams/archived",
            "teams/off",
            "teams/readonly",
            "school/interim",
            "teams/before",
            "teams/after",
            .. Teams(2),
        ];
        var view = await MigrateAsync(targets);
        view.Status.ShouldBe(BatchStatus.CompletedWithFailures);
        var ends = view.Repositories!.ToDictionary(team => team.Requested);
        foreach (
            var (refused, expected) in new[]
            {
                ("teams/missing", "Not Found"),
                ("teams/archived", "archived"),
                ("teams/off", "turned off"),
                ("teams/readonly", "not accessible by personal access token"),
                ("school/interim", "the source itself"),
            }
        )
        {
            ends[refused].Status.ShouldBe(RepositoryStatus.Failed, refused);
            ends[refused].Failure!.Message.ShouldContain(expected);
            ends[refused].Failure!.Remedy.ShouldNotBeNullOrEmpty();
        }

        new[] { ends["teams/before"].Status, ends["teams/after"].Status }.ShouldBe(
            [RepositoryStatus.Completed, RepositoryStatus.SameAsAnother],
            ignoreOrder: true
        );
        ends["teams/before"].FullName.ShouldBe("teams/after");
        ShouldBeFilled([.. Teams(2), "teams/after"]);
        Sandbox.Repository(Source).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Should_name_each_issue_that_GitHub_rejects_and_copy_the_rest()
    {
        Seed(4, Teams(2));
        Sandbox.Change("teams/n1", new() { RejectedTitles = [Wanted()[1]] });
        await StartAsync();
        var view = await MigrateAsync(Teams(2));

        view.Status.ShouldBe(BatchStatus.CompletedWithFailures);
        var team = view.Repositories![0];
        (team.Status, team.Created, team.Rejected).ShouldBe((RepositoryStatus.CompletedWithFailures, 3, 1));
        (team.RejectedIssues.ShouldHaveSingleItem().Title, team.RejectedIssues[0].Failure.Status).ShouldBe((Wanted()[1], 422));
        Titles("teams/n1").ShouldBe([Wanted()[0], .. Wanted().Skip(2)]);
        ShouldBeFilled("teams/n2");
        (await SlackAsync(2))[1].Text.ShouldContain("#2");
    }

    [Fact]
    public async Task Should_copy_once_into_the_same_target_for_concurrent_requests()
    {
        Seed(40, Teams(2));
        Sandbox.Faults = new() { LatencyMilliseconds = 3 };
        await StartAsync();
        var views = await Task.WhenAll(MigrateAsync(Teams(2)), MigrateAsync(["teams/N2", "teams/n1"]));

        views.ShouldAllBe(view => view.Status == BatchStatus.Completed);
        views.SelectMany(view => view.Repositories!).ShouldAllBe(team => team.Created + team.AlreadyThere == 40);
        ShouldBeFilled(Teams(2));
    }

    [Fact]
    public async Task Should_refuse_a_target_that_moved_to_an_owner_who_is_not_allowed()
    {
        Seed(2, Teams(2));
        Sandbox.Rename("teams/n2", "strangers/n2");
        await StartAsync(("MONARCH_ALLOWED_OWNERS", "school,teams"));
        var view = await MigrateAsync(Teams(2));
        view.Repositories!.Select(team => team.Status).ShouldBe([RepositoryStatus.Completed, RepositoryStatus.Failed]);
        view.Repositories![1].Failure!.Message.ShouldContain("MONARCH_ALLOWED_OWNERS");
        Titles("strangers/n2").ShouldBeEmpty();
    }
}
