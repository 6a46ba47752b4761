using Monarch.Workers.Slack.Pace;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack;

/// <summary>The tests of both paces, in Redis and in memory.</summary>
public abstract class PacingSuite
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    readonly string _name = Guid.NewGuid().ToString("N");

    private protected abstract ISlackPace Pace { get; }

    /// <summary>The tolerated time between two readings of the clock.</summary>
    protected virtual TimeSpan Slack => TimeSpan.Zero;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_give_turns_one_interval_apart_and_none_that_is_far_ahead()
    {
        var limit = new SlackLimit(_name, TimeSpan.FromSeconds(1), 1);
        for (var n = 0; n < 4; n++)
        {
            ShouldBeReserved(await Pace.TakeAsync([limit], Longest, Token), TimeSpan.FromSeconds(n));
        }

        var refused = await Pace.TakeAsync([limit], Longest, Token);
        refused.IsReserved.ShouldBeFalse();
        refused.Wait.ShouldBeInRange(TimeSpan.FromSeconds(4) - Slack, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Should_allow_a_burst_after_an_idle_time()
    {
        var limit = new SlackLimit(_name, TimeSpan.FromSeconds(1), 3);
        int[] expected = [0, 0, 0, 1, 2];
        foreach (var seconds in expected)
        {
            ShouldBeReserved(await Pace.TakeAsync([limit], Longest, Token), TimeSpan.FromSeconds(seconds));
        }
    }

    [Fact]
    public async Task Should_keep_to_every_limit_of_a_call()
    {
        var (one, other) = (
            new SlackLimit($"{_name}1", TimeSpan.FromSeconds(1), 1),
            new SlackLimit($"{_name}2", TimeSpan.FromSeconds(1), 1)
        );
        var both = new SlackLimit($"{_name}3", TimeSpan.FromSeconds(0.5), 1);

        ShouldBeReserved(await Pace.TakeAsync([one, both], Longest, Token), TimeSpan.Zero);
        ShouldBeReserved(await Pace.TakeAsync([other, both], Longest, Token), TimeSpan.FromSeconds(0.5));
        ShouldBeReserved(await Pace.TakeAsync([one, both], Longest, Token), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Should_give_no_turn_before_the_time_that_Slack_named()
    {
        var limit = new SlackLimit(_name, TimeSpan.FromSeconds(1), 3);
        await Pace.CloseAsync([limit], TimeSpan.FromSeconds(30), Token);

        var turn = await Pace.TakeAsync([limit], Longest, Token);
        turn.IsReserved.ShouldBeFalse();
        turn.Wait.ShouldBeInRange(TimeSpan.FromSeconds(30) - Slack, TimeSpan.FromSeconds(30));
    }

    void ShouldBeReserved(SlackTurn turn, TimeSpan wait)
    {
        turn.IsReserved.ShouldBeTrue();
        turn.Wait.ShouldBeInRange(wait - Slack < TimeSpan.Zero ? TimeSpan.Zero : wait - Slack, wait);
    }
}
