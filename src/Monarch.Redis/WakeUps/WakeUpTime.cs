namespace Monarch.Redis;

/// <summary>Wake-ups are kept to the millisecond, rounded up, or they would be early.</summary>
static class WakeUpTime
{
    public static long ToMilliseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;

    public static DateTimeOffset FromMilliseconds(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
