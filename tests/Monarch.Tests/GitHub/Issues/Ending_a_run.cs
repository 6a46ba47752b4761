using Monarch.Contracts;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Issues;

public sealed class Ending_a_run : CopyTest
{
    [Fact]
    public async Task Should_come_after_so_many_issues()
    {
        Run.RunIssues = 2;
        var run = (await CopyAsync()).ShouldNotBeNull();
        (run.Next, run.Created, run.EndedBy).ShouldBe((2, 2, null));
        (await CopyAsync(run.Next))!.Next.ShouldBe(3);
    }

    [Fact]
    public async Task Should_come_after_so_much_time()
    {
        Run.RunSeconds = 0.3;
        Ledger.AfterBegin = _ => Time.Advance(0.4);
        (await CopyAsync())!.Next.ShouldBe(2);
        Titles().ShouldBe(TitlesTo(2));
    }

    [Fact]
    public async Task Should_not_come_before_the_first_issue_was_tried()
    {
        Run.RunSeconds = 0;
        (await CopyAsync())!.Next.ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_come_while_nothing_has_to_be_created()
    {
        Run.RunSeconds = 0;
        await Ledger.SetCreatedAsync(Pair, new Dictionary<int, int> { [1] = 1, [2] = 2, [3] = 3 }, Ct);
        (await CopyAsync())!.Next.ShouldBe(3);
    }

    [Fact]
    public async Task Should_come_after_the_current_issue_when_the_process_is_asked_to_stop()
    {
        Ledger.AfterBegin = _ => Lifetime.StopApplication();
        var run = (await CopyAsync()).ShouldNotBeNull();
        (run.Next, run.Created, run.EndedBy).ShouldBe((1, 1, null));
    }

    [Fact]
    public async Task Should_come_at_an_issue_that_another_worker_may_be_creating()
    {
        await Ledger.BeginAsync(new(Pair, 2, "another"), TimeSpan.FromSeconds(30), null, Ct);
        var run = (await CopyAsync()).ShouldNotBeNull();

        (run.Next, run.EndedBy!.Kind, run.EndedBy.RetryAt).ShouldBe((1, FailureKind.Transient, Time.GetUtcNow().AddSeconds(3)));
        Titles().ShouldBe(TitlesTo(1));
    }

    [Fact]
    public async Task Should_come_at_an_issue_whose_intent_is_not_on_the_replicas()
    {
        Ledger.Instead = number => number == 2 ? new LedgerAnswer.Unreplicated(1) : null;
        var run = (await CopyAsync()).ShouldNotBeNull();

        (run.Next, run.EndedBy!.Kind, run.EndedBy.RetryAt).ShouldBe((1, FailureKind.Transient, Time.GetUtcNow().AddSeconds(3)));
        run.EndedBy.Message.ShouldContain("issue 2 is not created before");
        Posts().ShouldBe(1);
    }

    [Theory]
    [InlineData(0.4, true)]
    [InlineData(0.6, false)]
    [InlineData(3600, false)]
    public async Task Should_come_before_an_issue_for_which_the_worker_was_held_up_longer_than_the_intent_allows(double seconds, bool posts)
    {
        Ledger.AfterBegin = _ => Time.Advance(seconds);
        Run.RunIssues = 1;
        var run = (await CopyAsync()).ShouldNotBeNull();
        Posts().ShouldBe(posts ? 1 : 0);
        run.Next.ShouldBe(posts ? 1 : 0);
        run.EndedBy?.Kind.ShouldBe(FailureKind.Transient);

        // Nothing was sent, so there is nothing to doubt.
        Ledger.AfterBegin = _ => { };
        (await CopyAsync(run.Next))!.EndedBy.ShouldBeNull();
    }
}
