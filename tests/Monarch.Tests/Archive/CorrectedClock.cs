namespace Monarch.Tests.Archive;

/// <summary>A wall clock that is set meanwhile. Time passes where a test says so.</summary>
sealed class CorrectedClock : TimeProvider
{
    TimeSpan _elapsed = TimeSpan.FromDays(1), _correction;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => FakeTime.Start + _elapsed + _correction;

    public override long GetTimestamp() => _elapsed.Ticks;

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan time) => _elapsed += time;

    /// <summary>The wall clock is set.</summary>
    public void Correct(TimeSpan by) => _correction += by;
}
