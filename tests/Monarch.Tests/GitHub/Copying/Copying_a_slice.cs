using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Endpoints;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying;

public sealed class Copying_a_slice : CopyTest
{
    [Fact]
    public async Task Should_create_the_issues_in_order_with_a_marker_as_the_last_line()
    {
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Next, slice.Created, slice.AlreadyThere, slice.Rejected.Count, slice.EndedBy).ShouldBe((3, 3, 0, 0, null));
        Titles().ShouldBe(TitlesTo(3));
        GitHub
            .Repository(Target)
            .Issues!.Select(issue => issue.Body!.Split('\n')[^1])
            .ShouldBe([MarkerOf(1).Render(), MarkerOf(2).Render(), MarkerOf(3).Render()]);
        GitHub.Repository(Target).HighestConcurrentCreations.ShouldBe(1);
    }

    [Fact]
    public async Task Should_count_each_attempt_whether_it_is_traced_or_not()
    {
        using var issues = new MetricCollector<long>(Meters, "Monarch", "monarch.issues");

        await CopyAsync();

        issues.GetMeasurementSnapshot().Count(x => Equals(x.Tags["outcome"], "created") && x.Value == 1).ShouldBe(3);
    }

    [Fact]
    public async Task Should_skip_issues_that_already_have_a_copy()
    {
        await Ledger.SetCreatedAsync(Pair, new Dictionary<int, int> { [2] = 40 }, Ct);
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Next, slice.Created, slice.AlreadyThere).ShouldBe((3, 2, 1));
        Titles().ShouldBe(["Issue 1", "Issue 3"]);
        ((await CopyAsync())!.AlreadyThere, Posts()).ShouldBe((3, 2));
    }

    [Fact]
    public async Task Should_begin_at_the_place_in_the_command()
    {
        var slice = (await CopyAsync(from: 2)).ShouldNotBeNull();
        (slice.Next, slice.Created).ShouldBe((3, 1));
        Titles().ShouldBe(["Issue 3"]);
        (await CopyAsync(from: 3))!.Next.ShouldBe(3);
    }

    [Fact]
    public async Task Should_report_a_rejected_issue_and_continue()
    {
        await SnapshotAsync([Issue(1), Issue(2) with { Title = "Spam" }, Issue(3)]);
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Next, slice.Created, slice.EndedBy).ShouldBe((3, 2, null));
        var rejected = slice.Rejected.ShouldHaveSingleItem();
        (rejected.Number, rejected.Title, rejected.Failure.Kind, rejected.Failure.Status).ShouldBe(
            (2, "Spam", FailureKind.RejectedIssue, 422)
        );
        rejected.Failure.Remedy.ShouldNotBeNullOrEmpty();
        (await Ledger.GetRejectedAsync(Pair, Ct)).ShouldBe([rejected]);
    }

    [Fact]
    public async Task Should_retry_a_rejected_issue_in_a_later_pass()
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
        (await OutcomesAsync()).ShouldBe([new IssueOutcome.TargetUnread()]);
        Posts().ShouldBe(0);

        await ReadTargetAsync();
        (await CopyAsync())!.Created.ShouldBe(3);
    }

    [Fact]
    public async Task Should_report_progress_before_an_unread_target()
    {
        Ledger.AfterBegin = number =>
        {
            if (number == 2)
            {
                Forget();
            }
        };
        var slice = (await CopyAsync()).ShouldNotBeNull();
        (slice.Next, slice.Created, slice.EndedBy).ShouldBe((2, 2, null));
        (await OutcomesAsync(slice.Next)).ShouldBe([new IssueOutcome.TargetUnread()]);
        Titles().ShouldBe(TitlesTo(2));
    }

    [Fact]
    public async Task Should_return_null_when_the_snapshot_is_gone() => (await CopyAsync(snapshotId: "11-gone")).ShouldBeNull();

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task Should_end_with_the_progress_and_the_retry_time_when_throttled(int status)
    {
        Script(
            before: 2,
            new()
            {
                Status = status,
                Headers = { ["Retry-After"] = "90" },
                Body = """{"message":"You have exceeded a secondary rate limit."}""",
            }
        );
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Next, slice.Created).ShouldBe((2, 2));
        slice.EndedBy!.Kind.ShouldBe(FailureKind.Throttled);
        slice.EndedBy.RetryAt.ShouldBe(Time.GetUtcNow().AddSeconds(90));
        Log.Lines.ShouldContain(x =>
            x.StartsWith($"Warning Issue 3 of {Source} could not be created in {Target}, Throttled: ", StringComparison.Ordinal)
        );
        // A refused issue was not created: it is not doubtful, and no extra wait follows.
        Time.Advance(90);
        (await CopyAsync(slice.Next))!.Created.ShouldBe(1);
        Titles().ShouldBe(TitlesTo(3));
    }

    [Fact]
    public async Task Should_follow_a_renamed_target_and_ignore_its_namesake()
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
    public async Task Should_end_when_the_target_refuses_a_later_issue(string how, int status)
    {
        Ledger.AfterBegin = number =>
            GitHub.Change(
                Target,
                number < 3
                    ? new()
                    : how switch
                    {
                        "issues off" => new() { HasIssues = false },
                        "archived" => new() { Archived = true },
                        "missing" => new() { Missing = true },
                        "taken down" => new() { TakenDown = true },
                        _ => new() { IssuesWritable = false },
                    }
            );
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Next, slice.Created).ShouldBe((2, 2));
        (slice.EndedBy!.Kind, slice.EndedBy.Status).ShouldBe((FailureKind.RefusedTarget, status));
        slice.EndedBy.Remedy.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Should_end_with_the_progress_when_the_credential_is_revoked()
    {
        Script(before: 1, new() { Status = 401, Body = """{"message":"Bad credentials"}""" });
        var slice = (await CopyAsync()).ShouldNotBeNull();
        // The first 401 does not park the credential yet.
        (slice.Next, slice.EndedBy!.Kind, slice.EndedBy.Status).ShouldBe((1, FailureKind.Transient, 401));

        Time.Advance(1);
        Script(before: 0, new() { Status = 401, Body = """{"message":"Bad credentials"}""" });
        (await Should.ThrowAsync<GitHubException>(() => CopyAsync(slice.Next))).Failure.Kind.ShouldBe(FailureKind.Unauthorised);
    }

    [Fact]
    public async Task Should_throw_the_first_issue_s_failure_to_the_endpoint_s_policies()
    {
        Script(before: 0, new() { Status = 404, Body = """{"message":"Not Found"}""" });
        var e = await Should.ThrowAsync<GitHubException>(() => CopyAsync());
        (e.Failure.Kind, e.MayHaveHappened).ShouldBe((FailureKind.RefusedTarget, false));
        (await CopyAsync())!.Created.ShouldBe(3);
    }

    [Fact]
    public async Task Should_end_before_an_issue_that_hits_a_bug()
    {
        Ledger.AfterBegin = number => Bug(number == 3);
        var slice = (await CopyAsync()).ShouldNotBeNull();
        (slice.Next, slice.Created, slice.Rejected.Count, slice.EndedBy).ShouldBe((2, 2, 0, null));

        var bug = await Should.ThrowAsync<IssueBugException>(() => CopyAsync(slice.Next));
        (bug.Issue.Number, bug.Bug.Message).ShouldBe((3, "a bug"));
    }

    [Fact]
    public async Task Should_leave_no_intent_when_the_body_cannot_be_composed()
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

    [Fact]
    public async Task Should_create_an_issue_without_the_fields_with_which_GitHub_rejects_it()
    {
        await SnapshotAsync([Issue(1) with { Labels = [new("gone")] }, Issue(2)]);
        await Fields.SetAsync(Pair, new(), Ct);
        Script(
            before: 0,
            new()
            {
                Status = 422,
                Body = """{"message":"Validation Failed","errors":[{"resource":"Issue","field":"labels","code":"invalid"}]}""",
            }
        );
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Created, slice.Rejected.Count).ShouldBe((2, 0));
        Titles().ShouldBe(TitlesTo(2));
        var note = (await Ledger.GetNotesAsync(Pair, Ct)).ShouldHaveSingleItem();
        (note.Number, note.Kind).ShouldBe((1, Monarch.Contracts.Migrations.NoteKind.Dropped));
    }
}
