using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Sandbox.Model;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

public sealed class Waiting_for_GitHub_to_recover : JourneyTest
{
    [Fact]
    public async Task Should_show_the_wait_during_an_outage_and_then_continue()
    {
        Seed(20, Teams(3));
        Sandbox.Faults = new() { Outage = true };
        await StartAsync();
        var id = await RequestAsync(Teams(3));
        var waiting = await UntilAsync(id, view => view.WaitingUntil is not null, "it waits for the source");
        waiting.Failure!.Kind.ShouldBe(FailureKind.Transient);

        Sandbox.Faults = new();
        (await EndAsync(id)).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(3));
    }

    [Fact]
    public async Task Should_continue_after_an_outage_during_the_migration()
    {
        Seed(60, Teams(3));
        Sandbox.Faults = new() { LatencyMilliseconds = 2 };
        await StartAsync();
        var id = await RequestAsync(Teams(3));
        await UntilAsync(id, _ => Sandbox.Requests().Creations > 20, "some issues are created");
        Sandbox.Faults = new() { Outage = true };
        await UntilAsync(
            id,
            view => view.Repositories!.All(team => team.WaitingUntil is not null || team.Status > RepositoryStatus.Copying),
            "all targets wait"
        );

        Sandbox.Faults = new();
        (await EndAsync(id)).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(3));
    }

    [Fact]
    public async Task Should_wait_for_a_new_credential_without_requests_by_the_old_one()
    {
        Seed(3, Teams(1));
        Sandbox.Script(
            new()
            {
                Path = "/github/",
                Status = 401,
                Body = """{"message":"Bad credentials"}""",
                Count = 1000,
            }
        );
        await StartAsync();
        var waiting = await UntilAsync(await RequestAsync(Teams(1)), view => view.Failure?.Kind == FailureKind.Unauthorised, "it waits");

        (waiting.Failure!.Kind, waiting.Failure.Remedy is null).ShouldBe((FailureKind.Unauthorised, false));
        await Until.TrueAsync(
            () => Sandbox.SlackMessages().Any(message => message.Text.Contains(":key: GitHub refuses Monarch's token since")),
            "Slack shows it"
        );
        Sandbox.SlackMessages()[0].Text.ShouldContain("Set GH_PAT to a valid token");

        // Another migration gets the same answer without a request to GitHub.
        var other = await UntilAsync(await RequestAsync(Teams(2)), view => view.WaitingUntil is not null, "the other waits");
        other.Failure!.Message.ShouldBe(waiting.Failure.Message);
        Sandbox.Requests().ByKind.Values.Sum(statuses => statuses.GetValueOrDefault(401)).ShouldBe(2);
    }

    [Theory]
    [InlineData(
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"unprocessable","field":"data","message":"was submitted too quickly"}]}"""
    )]
    [InlineData(
        """{"message":"Validation Failed","errors":[{"resource":"Issue","code":"custom","field":"base","message":"something new"}]}""",
        2
    )]
    public async Task Should_retry_a_422_that_names_no_fault_of_the_issue(string body, int times = 1)
    {
        Seed(8, Teams(1));
        const string Posts = "/repositories/[0-9]+/issues$";
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = Posts,
                CarryOut = true,
                Ending = ScriptedEnding.Genuine,
                Count = 2,
            }
        );
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = Posts,
                Status = 422,
                Body = body,
                Count = times,
            }
        );
        await StartAsync();

        var end = await MigrateAsync(Teams(1));
        end.Repositories!.Select(team => (team.Status, team.Rejected)).ShouldBe([(RepositoryStatus.Completed, 0)]);
        ShouldBeFilled(Teams(1));
        Sandbox.Requests().Of("POST issues", 422).ShouldBe(times);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(401)]
    [InlineData(404)]
    public async Task Should_keep_the_order_when_one_post_is_refused_without_a_reason(int status)
    {
        Seed(8, Teams(1));
        const string Posts = "/repositories/[0-9]+/issues$";
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = Posts,
                CarryOut = true,
                Ending = ScriptedEnding.Genuine,
                Count = 3,
            }
        );
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = Posts,
                Status = status,
                Body = """{"message":"Odd"}""",
            }
        );
        await StartAsync();

        (await MigrateAsync(Teams(1))).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(1));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task Should_stop_a_target_that_refuses_every_issue_for_the_same_reason(int status)
    {
        Seed(8, Teams(2));
        var id = Sandbox.Repository("teams/n1").Id;
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = $"/repositories/{id}/issues$",
                Status = status,
                Body = """{"message":"Odd"}""",
                Count = 1000,
            }
        );
        await StartAsync(("MIGRATION_GIVE_UP_AFTER", "0.001"));

        var end = (await MigrateAsync(Teams(2))).Repositories!.ToDictionary(team => team.Requested);
        var stopped = end["teams/n1"];
        (stopped.Status, stopped.Created, stopped.RejectedIssues.Count).ShouldBe((RepositoryStatus.Failed, 0, 1));
        stopped.Failure!.Message.ShouldContain("Two issues in a row were refused for the same reason");
        stopped.Failure.Message.ShouldContain("Odd");
        ShouldBeFilled("teams/n2");
    }

    [Theory]
    [InlineData("/repos/teams/n1$", 8)]
    [InlineData("/repositories/[0-9]+$", 1)]
    [InlineData("/repositories/[0-9]+/issues$", 1)]
    [InlineData("/repos/school/template$", 1)]
    public async Task Should_show_the_wait_for_a_repository_that_is_not_found_yet(string path, int times)
    {
        Seed(3, Teams(1));
        Sandbox.Script(
            new()
            {
                Path = path,
                Status = 404,
                Body = """{"message":"Not Found"}""",
                Count = times,
            }
        );
        await StartAsync(("GITHUB_NEW_REPO_GRACE", "60"));
        var id = await RequestAsync(Teams(1));
        if (times > 1)
        {
            var waiting = await UntilAsync(id, view => view.Repositories is [{ WaitingUntil: not null }], "it waits for the target");
            waiting
                .Repositories![0]
                .Failure!.Message.ShouldStartWith("Not Found; a new repository takes a moment to appear, so GitHub is asked again until ");
        }

        (await EndAsync(id)).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(1));
    }

    [Fact]
    public async Task Should_wait_while_a_login_page_answers()
    {
        Seed(3, Teams(1));
        Sandbox.Script(
            new()
            {
                Path = "/repos/teams/n1$",
                Status = 302,
                Body = "<html>Sign in</html>",
                Headers = { ["Location"] = "/login", ["Content-Type"] = "text/html" },
                Count = 6,
            }
        );
        await StartAsync();

        (await MigrateAsync(Teams(1))).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(1));
    }

    [Fact]
    public async Task Should_wait_as_long_as_GitHub_asks_for()
    {
        Seed(3, Teams(1));
        Sandbox.Script(
            new()
            {
                Method = "POST",
                Path = "/issues$",
                Status = 429,
                Headers = { ["Retry-After"] = "2" },
                Body = """{"message":"secondary rate limit"}""",
            }
        );
        await StartAsync();
        var id = await RequestAsync(Teams(1));
        var waiting = await UntilAsync(id, view => view.Repositories![0].WaitingUntil is not null, "the target waits");
        waiting.Repositories![0].Failure!.Kind.ShouldBe(FailureKind.Throttled);

        await EndAsync(id);
        ShouldBeFilled(Teams(1));
        var named = waiting.Repositories[0].WaitingUntil!.Value;
        Sandbox.Requests().FirstCreation.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(named.AddMilliseconds(-50));
    }

    [Fact]
    public async Task Should_create_each_issue_once_while_answers_are_lost()
    {
        Seed(25, Teams(3));
        Sandbox.Faults = new()
        {
            CreatedThenBadGateway = 0.08,
            CreatedThenCut = 0.08,
            ServerErrors = 0.1,
            ListingLagMilliseconds = 200,
        };
        await StartAsync();
        (await MigrateAsync(Teams(3))).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(3));
    }
}
