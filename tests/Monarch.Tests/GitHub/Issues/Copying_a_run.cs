using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Issues;

public sealed class Copying_a_run : CopyTest
{
    [Fact]
    public async Task Should_create_the_issues_in_order_each_with_its_marker_as_the_last_line()
    {
        var run = (await CopyAsync()).ShouldNotBeNull();

        (run.Next, run.Created, run.AlreadyThere, run.Rejected.Count, run.EndedBy).ShouldBe((3, 3, 0, 0, null));
        Titles().ShouldBe(TitlesTo(3));
        GitHub.Repository(Target).Issues!.Select(issue => issue.Body!.Split('\n')[^1])
            .ShouldBe([MarkerOf(1).Render(), MarkerOf(2).Render(), MarkerOf(3).Render()]);
        GitHub.Repository(Target).HighestConcurrentCreations.ShouldBe(1);
    }

    [Fact]
    public async Task Should_skip_what_is_there_already()
    {
        await Ledger.SetCreatedAsync(Pair, new Dictionary<int, int> { [2] = 40 }, Ct);
        var run = (await CopyAsync()).ShouldNotBeNull();

        (run.Next, run.Created, run.AlreadyThere).ShouldBe((3, 2, 1));
        Titles().ShouldBe(["Issue 1", "Issue 3"]);
        ((await CopyAsync())!.AlreadyThere, Posts()).ShouldBe((3, 2));
    }

    [Fact]
    public async Task Should_begin_where_the_command_says()
    {
        var run = (await CopyAsync(from: 2)).ShouldNotBeNull();
        (run.Next, run.Created).ShouldBe((3, 1));
        Titles().ShouldBe(["Issue 3"]);
        (await CopyAsync(from: 3))!.Next.ShouldBe(3);
    }

    [Fact]
    public async Task Should_name_an_issue_that_GitHub_rejects_and_go_on()
    {
        await SnapshotAsync([Issue(1), Issue(2) with { Title = "Spam" }, Issue(3)]);
        var run = (await CopyAsync()).ShouldNotBeNull();

        (run.Next, run.Created, run.EndedBy).ShouldBe((3, 2, null));
        var rejected = run.Rejected.ShouldHaveSingleItem();
        (rejected.Number, rejected.Title, rejected.Failure.Kind, rejected.Failure.Status).ShouldBe((2, "Spam", FailureKind.RejectedIssue, 422));
        rejected.Failure.Remedy.ShouldNotBeNullOrEmpty();
        (await Ledger.GetRejectedAsync(Pair, Ct)).ShouldBe([rejected]);
    }

    [Fact]
    public async Task Should_try_a_rejected_issue_again_in_a_later_run()
    {
        await SnapshotAsync([Issue(1) with { Title = "Spam" }]);
        await CopyAsync();
        GitHub.Change(Target, new() { RejectedTitles = [] });

        (await CopyAsync())!.Created.ShouldBe(1);
        (await Ledger.GetRejectedAsync(Pair, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_ask_for_the_target_to_be_read_first()
    {
        Forget();
        var unread = (await AnswerAsync()).ShouldBeOfType<TargetUnread>();
        unread.CommandId.ShouldNotBe(Guid.Empty);
        Posts().ShouldBe(0);

        await ReadTargetAsync();
        (await CopyAsync())!.Created.ShouldBe(3);
    }

    [Fact]
    public async Task Should_first_answer_what_was_done_when_the_ledger_forgets_in_the_middle()
    {
        Ledger.AfterBegin = number =>
        {
            if (number == 2)
            {
                Forget();
            }
        };
        var run = (await CopyAsync()).ShouldNotBeNull();
        (run.Next, run.Created, run.EndedBy).ShouldBe((2, 2, null));
        (await AnswerAsync(run.Next)).ShouldBeOfType<TargetUnread>();
        Titles().ShouldBe(TitlesTo(2));
    }

    [Fact]
    public async Task Should_say_nothing_when_the_snapshot_is_gone() => (await CopyAsync(snapshotId: "11-gone")).ShouldBeNull();

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Should_end_when_GitHub_throttles_with_the_time_and_what_was_done(int status)
    {
        Script(before: 2, new()
        {
            Status = status,
            Headers = { ["Retry-After"] = "90" },
            Body = """{"message":"You have exceeded a secondary rate limit."}""",
        });
        var run = (await CopyAsync()).ShouldNotBeNull();

        (run.Next, run.Created).ShouldBe((2, 2));
        run.EndedBy!.Kind.ShouldBe(FailureKind.Throttled);
        run.EndedBy.RetryAt.ShouldBe(Time.GetUtcNow().AddSeconds(90));
        Log.Lines.ShouldContain(x => x.StartsWith($"Warning Issue 3 of {Source} could not be created in {Target}, Throttled: ", StringComparison.Ordinal));
        // What was refused was certainly not done: no doubt, no wait of our own.
        Time.Advance(90);
        (await CopyAsync(run.Next))!.Created.ShouldBe(1);
        Titles().ShouldBe(TitlesTo(3));
    }

    [Fact]
    public async Task Should_go_on_in_a_target_that_is_renamed_and_leave_alone_who_takes_its_name()
    {
        Ledger.AfterBegin = number =>
        {
            if (number == 2)
            {
                GitHub.Rename(Target, "teams/renamed");
                GitHub.Seed(new() { FullName = Target });
            }
        };
        (await CopyAsync())!.Created.ShouldBe(3);
        GitHub.Repository("teams/renamed").Issues!.Select(issue => issue.Title).ShouldBe(TitlesTo(3));
        Titles().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("issues off", 410)]
    [InlineData("archived", 403)]
    [InlineData("missing", 404)]
    [InlineData("taken down", 451)]
    [InlineData("read-only", 403)]
    public async Task Should_end_when_the_target_refuses_in_the_middle(string how, int status)
    {
        Ledger.AfterBegin = number => GitHub.Change(Target, number < 3 ? new() : how switch
        {
            "issues off" => new() { HasIssues = false },
            "archived" => new() { Archived = true },
            "missing" => new() { Missing = true },
            "taken down" => new() { TakenDown = true },
            _ => new() { IssuesWritable = false },
        });
        var run = (await CopyAsync()).ShouldNotBeNull();

        (run.Next, run.Created).ShouldBe((2, 2));
        (run.EndedBy!.Kind, run.EndedBy.Status).ShouldBe((FailureKind.RefusedTarget, status));
        run.EndedBy.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Should_end_and_keep_what_was_done_when_the_credential_goes_in_the_middle()
    {
        Script(before: 1, new() { Status = 401, Body = """{"message":"Bad credentials"}""" });
        var run = (await CopyAsync()).ShouldNotBeNull();
        // The first 401 is not believed yet.
        (run.Next, run.EndedBy!.Kind, run.EndedBy.Status).ShouldBe((1, FailureKind.Transient, 401));

        Time.Advance(1);
        Script(before: 0, new() { Status = 401, Body = """{"message":"Bad credentials"}""" });
        (await Should.ThrowAsync<GitHubException>(() => CopyAsync(run.Next))).Failure.Kind.ShouldBe(FailureKind.Unauthorised);
    }

    [Fact]
    public async Task Should_throw_what_keeps_the_first_issue_from_being_created_so_that_the_endpoint_s_policies_see_it()
    {
        Script(before: 0, new() { Status = 404, Body = """{"message":"Not Found"}""" });
        var e = await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        (e.Failure.Kind, e.MayHaveHappened).ShouldBe((FailureKind.RefusedTarget, false));
        (await CopyAsync())!.Created.ShouldBe(3);
    }

    [Fact]
    public async Task Should_be_cut_before_an_issue_that_hits_a_bug()
    {
        Ledger.AfterBegin = number => Bug(number == 3);
        var run = (await CopyAsync()).ShouldNotBeNull();
        (run.Next, run.Created, run.Rejected.Count, run.EndedBy).ShouldBe((2, 2, 0, null));

        var bug = await Should.ThrowAsync<IssueBugException>(() => CopyAsync(run.Next));
        (bug.Issue.Number, bug.Bug.Message).ShouldBe((3, "a bug"));
    }

    [Fact]
    public async Task Should_leave_no_intent_for_an_issue_whose_body_cannot_be_made()
    {
        await SnapshotAsync([Issue(1) with { Number = 0 }]);
        (await Should.ThrowAsync<IssueBugException>(() => CopyAsync())).Bug.ShouldBeOfType<ArgumentException>();
        (await Ledger.BeginAsync(new(Pair, 0, "next"), TimeSpan.FromMinutes(1), null, Ct)).ShouldBeOfType<LedgerAnswer.Granted>();
    }

    static void Bug(bool hits)
    {
        if (hits)
        {
            throw new InvalidOperationException("a bug");
        }
    }
}
