namespace Monarch.Redis.Sagas;

/// <summary>Converts the times of wake-ups to milliseconds, rounded up so that none is early.</summary>
static class WakeUpTime
{
    /// <summary>
    /// The longest sleep: a saga with a longer wait is woken meanwhile, and sleeps again. A later wake-up was written by a clock that was
    /// ahead. A day, and an hour for clocks that differ.
    /// </summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromHours(25);

    public static long ToMilliseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;

    public static DateTimeOffset FromMilliseconds(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
