using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Journeys;

public sealed class Waiting_out_a_bad_GitHub : JourneyTest
{
    [Fact]
    public async Task Should_wait_visibly_while_it_is_down_and_go_on_when_it_is_up()
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
    public async Task Should_go_on_where_it_was_when_it_went_down_in_the_middle()
    {
        Seed(60, Teams(3));
        Sandbox.Faults = new() { LatencyMilliseconds = 2 };
        await StartAsync();
        var id = await RequestAsync(Teams(3));
        await UntilAsync(id, _ => Sandbox.Requests().Creations > 20, "some issues are there");
        Sandbox.Faults = new() { Outage = true };
        await UntilAsync(
            id, view => view.Repositories!.All(team => team.WaitingUntil is not null || team.Status > RepositoryStatus.Copying), "all targets wait");

        Sandbox.Faults = new();
        (await EndAsync(id)).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(3));
    }

    [Fact]
    public async Task Should_wait_for_a_new_credential_and_ask_nothing_more_with_the_old_one()
    {
        Seed(3, Teams(1));
        Sandbox.Script(new() { Path = "/github/", Status = 401, Body = """{"message":"Bad credentials"}""", Count = 1000 });
        await StartAsync();
        var waiting = await UntilAsync(await RequestAsync(Teams(1)), view => view.WaitingUntil is not null, "it waits");

        (waiting.Failure!.Kind, waiting.Failure.Remedy is null).ShouldBe((FailureKind.Unauthorised, false));
        await Until.TrueAsync(() => Sandbox.SlackMessages().Any(message => message.Text.Contains(":key: GitHub refuses Monarch's token since")), "Slack says so");
        Sandbox.SlackMessages()[0].Text.ShouldContain("Set GH_PAT to a token that is valid");

        // Another migration is told the same without a question to GitHub.
        var other = await UntilAsync(await RequestAsync(Teams(2)), view => view.WaitingUntil is not null, "the other waits");
        other.Failure!.Message.ShouldBe(waiting.Failure.Message);
        Sandbox.Requests().ByKind.Values.Sum(statuses => statuses.GetValueOrDefault(401)).ShouldBe(1);
    }

    [Fact]
    public async Task Should_wait_as_long_as_GitHub_asks_for()
    {
        Seed(3, Teams(1));
        Sandbox.Script(new()
        {
            Method = "POST",
            Path = "/issues$",
            Status = 429,
            Headers = { ["Retry-After"] = "2" },
            Body = """{"message":"secondary rate limit"}""",
        });
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
    public async Task Should_create_nothing_twice_and_leave_nothing_out_while_answers_are_lost()
    {
        Seed(25, Teams(3));
        Sandbox.Faults = new() { CreatedThenBadGateway = 0.08, CreatedThenCut = 0.08, ServerErrors = 0.1, ListingLagMilliseconds = 200 };
        await StartAsync();
        (await MigrateAsync(Teams(3))).Status.ShouldBe(BatchStatus.Completed);
        ShouldBeFilled(Teams(3));
    }
}
