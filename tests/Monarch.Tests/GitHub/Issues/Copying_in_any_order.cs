using Monarch.Contracts;
using Monarch.Testing;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Ledgers;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Issues;

/// <summary>Many issues of one target under way at once, each once all the same.</summary>
public sealed class Copying_in_any_order : CopyTest
{
    // Requests are held until the clock is moved: a slow machine must not time them out meanwhile.
    protected override IReadOnlyDictionary<string, string> Limits => new Dictionary<string, string>(WithoutLimits.Settings) { ["GITHUB_TIMEOUT"] = "60" };

    [Fact]
    public async Task Should_create_as_many_at_once_as_an_account_has_requests()
    {
        await SnapshotAsync(12);
        Run.UnorderedAtOnce = 4;
        GitHub.Faults = new() { LatencyMilliseconds = 1 };

        var copying = CopyAsync(unordered: true);
        await Until.TrueAsync(() => GitHub.Requests().HighestConcurrency >= 4, "four are in flight");
        var run = (await Time.AdvanceUntilAsync(copying, TimeSpan.FromMilliseconds(1))).ShouldNotBeNull();

        (run.Next, run.Created, run.CreatedAhead, run.EndedBy).ShouldBe((12, 12, 0, null));
        Titles().ShouldBe(TitlesTo(12), ignoreOrder: true);
        GitHub.Requests().HighestConcurrency.ShouldBe(4);
    }

    [Fact]
    public async Task Should_keep_the_order_unless_asked_not_to()
    {
        await SnapshotAsync(12);
        GitHub.Faults = new() { LatencyMilliseconds = 1 };
        (await Time.AdvanceUntilAsync(CopyAsync(), TimeSpan.FromMilliseconds(1)))!.Next.ShouldBe(12);
        Titles().ShouldBe(TitlesTo(12));
        GitHub.Requests().HighestConcurrency.ShouldBe(1);
    }

    [Fact]
    public async Task Should_count_what_was_created_behind_an_issue_that_has_to_wait()
    {
        await SnapshotAsync(6);
        var other = new LedgerAttempt(Pair, 3, "another");
        await Ledger.BeginAsync(other, TimeSpan.FromSeconds(30), null, Ct);
        Run.UnorderedAtOnce = 6;
        // The third is looked at when the last one is under way.
        using var others = new CountdownEvent(5);
        Ledger.AfterBegin = number =>
        {
            if (number == 3)
            {
                others.Wait(Ct);
            }
            else
            {
                others.Signal();
            }
        };

        var run = (await CopyAsync(unordered: true)).ShouldNotBeNull();
        (run.Next, run.Created, run.CreatedAhead, run.IsBusy).ShouldBe((2, 5, 3, false));
        run.EndedBy!.Kind.ShouldBe(FailureKind.Transient);

        await Ledger.SetUntriedAsync(other, Ct);
        Ledger.AfterBegin = _ => { };
        var rest = (await CopyAsync(run.Next, unordered: true)).ShouldNotBeNull();
        (rest.Next, rest.Created, rest.AlreadyThere).ShouldBe((6, 1, 3));
        Titles().ShouldBe(TitlesTo(6), ignoreOrder: true);
    }

    [Fact]
    public async Task Should_throw_what_the_first_issue_failed_with_when_nothing_was_done()
    {
        GitHub.Script(new() { Method = "POST", Count = 3, Status = 401 });
        var refused = await Should.ThrowAsync<GitHubException>(() => CopyAsync(unordered: true));
        refused.Failure.Kind.ShouldBe(FailureKind.Unauthorised);
        Titles().ShouldBeEmpty();
    }
}
