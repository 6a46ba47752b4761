using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.Slack.Pace;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Slack;

public sealed class Pacing_messages : PacingSuite
{
    readonly FakeTimeProvider _time = FakeTime.New();

    private protected override ISlackPace Pace => field ??= new InMemorySlackPace(_time);

    [Fact]
    public async Task Should_give_a_turn_immediately_when_the_last_one_has_passed()
    {
        var limit = new SlackLimit("channel", TimeSpan.FromSeconds(1), 1);
        await Pace.TakeAsync([limit], TimeSpan.Zero, TestContext.Current.CancellationToken);
        _time.Advance(1);

        (await Pace.TakeAsync([limit], TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldBe(
            new(IsReserved: true, TimeSpan.Zero)
        );
    }
}
