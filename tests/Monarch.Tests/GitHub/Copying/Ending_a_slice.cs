using Monarch.Contracts;
using Monarch.Workers.GitHub.Copying.Ledger;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Copying;

public sealed class Ending_a_slice : CopyTest
{
    protected override int TimeoutSeconds => 2;

    [Fact]
    public async Task Should_end_after_the_configured_number_of_issues()
    {
        Slice.SliceIssues = 2;
        var slice = (await CopyAsync()).ShouldNotBeNull();
        (slice.Next, slice.Created, slice.EndedBy).ShouldBe((2, 2, null));
        (await CopyAsync(slice.Next))!.Next.ShouldBe(3);
    }

    [Fact]
    public async Task Should_end_after_the_configured_time()
    {
        Slice.SliceSeconds = 0.3;
        Ledger.AfterBegin = _ => Time.Advance(0.4);
        (await CopyAsync())!.Next.ShouldBe(2);
        Titles().ShouldBe(TitlesTo(2));
    }

    [Fact]
    public async Task Should_always_attempt_the_first_issue()
    {
        Slice.SliceSeconds = 0;
        (await CopyAsync())!.Next.ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_end_while_nothing_has_to_be_created()
    {
        Slice.SliceSeconds = 0;
        await Ledger.SetCreatedAsync(
            Pair,
            new Dictionary<int, int>
            {
                [1] = 1,
                [2] = 2,
                [3] = 3,
            },
            Ct
        );
        (await CopyAsync())!.Next.ShouldBe(3);
    }

    [Fact]
    public async Task Should_end_after_the_current_issue_when_the_process_stops()
    {
        Ledger.AfterBegin = _ => Lifetime.StopApplication();
        var slice = (await CopyAsync()).ShouldNotBeNull();
        (slice.Next, slice.Created, slice.EndedBy).ShouldBe((1, 1, null));
    }

    [Fact]
    public async Task Should_end_at_an_issue_that_another_worker_may_be_creating()
    {
        await Ledger.BeginAsync(new(Pair, 2, "another"), TimeSpan.FromSeconds(30), null, Ct);
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Next, slice.EndedBy!.Kind, slice.EndedBy.RetryAt).ShouldBe((1, FailureKind.Transient, Time.GetUtcNow().AddSeconds(3)));
        Titles().ShouldBe(TitlesTo(1));
    }

    [Fact]
    public async Task Should_end_at_an_issue_whose_intent_is_not_on_the_replicas()
    {
        Ledger.Instead = number => number == 2 ? new LedgerAnswer.Unreplicated(1) : null;
        var slice = (await CopyAsync()).ShouldNotBeNull();

        (slice.Next, slice.EndedBy!.Kind, slice.EndedBy.RetryAt).ShouldBe((1, FailureKind.Transient, Time.GetUtcNow().AddSeconds(3)));
        slice.EndedBy.Message.ShouldContain("issue 2 is not created before");
        Posts().ShouldBe(1);
    }

    [Theory]
    [InlineData(0.4, true)]
    [InlineData(0.6, false)]
    [InlineData(3600, false)]
    public async Task Should_end_before_an_issue_when_the_worker_was_suspended_too_long(double seconds, bool posts)
    {
        Ledger.AfterBegin = _ => Time.Advance(seconds);
        Slice.SliceIssues = 1;
        var slice = (await CopyAsync()).ShouldNotBeNull();
        Posts().ShouldBe(posts ? 1 : 0);
        slice.Next.ShouldBe(posts ? 1 : 0);
        slice.EndedBy?.Kind.ShouldBe(FailureKind.Transient);

        // Nothing was sent, so there is nothing to doubt.
        Ledger.AfterBegin = _ => { };
        (await CopyAsync(slice.Next))!.EndedBy.ShouldBeNull();
    }
}
