namespace Monarch.Workers.Archive.Filing.Stores;

/// <summary>The times in file names: unique and ascending within a process.</summary>
sealed class FileClock(TimeProvider time, bool isUtc)
{
    // A clock that is set back by more than this is followed.
    static readonly TimeSpan LongestLead = TimeSpan.FromSeconds(1);

    DateTime _last;

    /// <summary>The current time, or the next unused microsecond.</summary>
    public DateTime Next()
    {
        var now = isUtc ? time.GetUtcNow().UtcDateTime : time.GetLocalNow().DateTime;
        now = new(now.Ticks - now.Ticks % TimeSpan.TicksPerMicrosecond);
        return _last = now <= _last && _last - now < LongestLead ? _last.AddMicroseconds(1) : now;
    }
}
