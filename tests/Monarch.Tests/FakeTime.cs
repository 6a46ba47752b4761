using Microsoft.Extensions.Time.Testing;
using Monarch.Testing;

namespace Monarch.Tests;

/// <summary>Fake clocks: they stand still, and their timers wait, until a test moves them.</summary>
static class FakeTime
{
    public static readonly DateTimeOffset Start = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    public static FakeTimeProvider New() => new(Start);

    public static void Advance(this FakeTimeProvider time, double seconds) => time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Sets the wall clock, also back, as a correction does: timers and elapsed times do not change.</summary>
    public static void Shift(this FakeTimeProvider time, double seconds) => time.AdjustTime(time.GetUtcNow().AddSeconds(seconds));

    /// <summary>Moves the clock in steps until a task has ended that waits on it again and again.</summary>
    public static async Task<T> AdvanceUntilAsync<T>(this FakeTimeProvider time, Task<T> task, TimeSpan step)
    {
        await Until.TrueAsync(
            () =>
            {
                if (task.IsCompleted)
                {
                    return true;
                }

                time.Advance(step);
                return false;
            },
            "the task has ended"
        );
        return await task;
    }
}
