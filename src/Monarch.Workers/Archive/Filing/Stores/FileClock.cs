namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>The times in the names of files: of one process, no two are the same, and a later one is later.</summary>
sealed class FileClock(TimeProvider time, bool isUtc)
{
    // What the clock is set back by more than that is followed.
    static readonly TimeSpan LongestLead = TimeSpan.FromSeconds(1);

    DateTime _last;

    /// <summary>The time now, or the next microsecond that was not given yet.</summary>
    public DateTime Next()
    {
        var now = isUtc ? time.GetUtcNow().UtcDateTime : time.GetLocalNow().DateTime;
        now = new(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond);
        return _last = now <= _last && _last - now < LongestLead ? _last.AddMicroseconds(1) : now;
    }
}
