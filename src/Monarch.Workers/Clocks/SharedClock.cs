namespace Monarch.Workers.Clocks;

/// <summary>
/// The time by which sagas wait: Redis' where there is one, since Redis wakes them by its own clock, and since each replica goes on with
/// what another one has saved. A host whose clock is behind would be woken at once, again and again.
/// </summary>
sealed class SharedClock(TimeProvider time)
{
    long _correction;

    public DateTimeOffset UtcNow => time.GetUtcNow() + new TimeSpan(Volatile.Read(ref _correction));

    /// <summary>Notes what the other clock reported at some time between asking and hearing the answer.</summary>
    /// <remarks>The least correction that explains it: clocks that agree as far as can be told are left alone, however slow the answer was.</remarks>
    public void Set(DateTimeOffset requestedAt, DateTimeOffset reported, DateTimeOffset receivedAt)
    {
        var correction = reported < requestedAt ? reported - requestedAt : reported > receivedAt ? reported - receivedAt : TimeSpan.Zero;
        Volatile.Write(ref _correction, correction.Ticks);
    }
}
