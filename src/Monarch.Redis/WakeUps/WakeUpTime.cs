namespace Monarch.Redis;

/// <summary>Wake-ups are kept to the millisecond, rounded up, or they would be early.</summary>
static class WakeUpTime
{
    /// <summary>
    /// No saga sleeps longer: one that has longer to wait is woken meanwhile, and sleeps again. A wake-up further ahead was written by a
    /// clock that was ahead. A day, and an hour for clocks that differ.
    /// </summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromHours(25);

    public static long ToMilliseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;

    public static DateTimeOffset FromMilliseconds(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
