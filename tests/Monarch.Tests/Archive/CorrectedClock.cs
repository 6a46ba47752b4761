namespace Monarch.Tests.Archive;

/// <summary>A wall clock that tests advance and set.</summary>
sealed class CorrectedClock : TimeProvider
{
    TimeSpan _elapsed = TimeSpan.FromDays(1),
        _correction;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => FakeTime.Start + _elapsed + _correction;

    public override long GetTimestamp() => _elapsed.Ticks;

    /// <summary>Advances elapsed time.</summary>
    public void Advance(TimeSpan time) => _elapsed += time;

    /// <summary>Sets the wall clock.</summary>
    public void Correct(TimeSpan by) => _correction += by;
}
