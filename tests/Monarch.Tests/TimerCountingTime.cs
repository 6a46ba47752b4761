using Microsoft.Extensions.Time.Testing;

namespace Monarch.Tests;

/// <summary>A fake clock that counts the timers created on it: a test moves it once something waits.</summary>
sealed class TimerCountingTime() : FakeTimeProvider(FakeTime.Start)
{
    int _timers;

    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        return timer;
    }
}
