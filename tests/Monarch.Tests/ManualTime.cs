namespace Monarch.Tests;

/// <summary>A clock that moves when it is told to. Its timers are real.</summary>
public sealed class ManualTime : TimeProvider
{
    DateTimeOffset _now = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    public void Advance(double seconds) => _now = _now.AddSeconds(seconds);

    public void Set(DateTimeOffset now) => _now = now;
}
