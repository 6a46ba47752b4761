using Monarch.Redis.Sagas;
using Monarch.Testing;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Redis;

public sealed class Waiting_for_a_confirmation
{
    readonly TimerCountingTime _clock = new();
    readonly TaskCompletionSource _sent = new();

    [Fact]
    public async Task Should_time_out_a_written_message_that_is_not_confirmed()
    {
        Action? written = null;
        var confirmation = Confirmation.OfAsync(x => Send(written = x), _clock);
        _clock.Timers.ShouldBe(0, "as long as it is not written it waits for a connection");

        written!();
        await Until.TrueAsync(() => _clock.Timers == 1, "its confirmation is waited for");
        _clock.Advance(Confirmation.Longest - TimeSpan.FromTicks(1));
        confirmation.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromTicks(1));
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
}
