using Monarch.Redis;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Waiting_for_a_confirmation
{
    readonly AlarmClock _clock = new();
    readonly TaskCompletionSource _sent = new();

    [Fact]
    public async Task Should_give_up_a_message_that_was_written_and_is_not_confirmed()
    {
        Action? written = null;
        var confirmation = Confirmation.OfAsync(x => Send(written = x), _clock);
        _clock.Alarm.ShouldBeNull("as long as it is not written it waits for a connection");

        written!();
        await Until.TrueAsync(() => _clock.Alarm is not null, "it is not waited for much longer");
        _clock.DueIn.ShouldBe(Confirmation.Longest);
        _clock.Alarm!();
        await Should.ThrowAsync<TimeoutException>(() => confirmation.WaitAsync(Until.Generous, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Should_end_when_it_is_confirmed()
    {
        var confirmation = Confirmation.OfAsync(Send, _clock);
        _sent.SetResult();
        await confirmation.WaitAsync(Until.Generous, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_fail_as_the_send_does()
    {
        var confirmation = Confirmation.OfAsync(Send, _clock);
        _sent.SetException(new InvalidOperationException("no such exchange"));
        (await Should.ThrowAsync<InvalidOperationException>(confirmation)).Message.ShouldBe("no such exchange");
    }

    Task Send(Action written) => _sent.Task;

    sealed class AlarmClock : TimeProvider
    {
        public Action? Alarm { get; private set; }

        public TimeSpan DueIn { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (DueIn, Alarm) = (dueTime, () => callback(state));
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
