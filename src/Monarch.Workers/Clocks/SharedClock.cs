namespace Monarch.Workers.Clocks;

/// <summary>
/// The clock of the sagas: that of Redis if one is configured, because Redis wakes sagas by its own clock, and because every replica
/// continues the sagas that another one has saved. A host whose clock is behind would be woken immediately, again and again.
/// </summary>
sealed class SharedClock(TimeProvider time)
{
    long _correction;

    public DateTimeOffset UtcNow => time.GetUtcNow() + new TimeSpan(Volatile.Read(ref _correction));

    /// <summary>Sets the clock by the time that another one reported, at some point between the request and its answer.</summary>
    /// <remarks>Applies the smallest correction that explains the answer, so that a slow answer alone changes nothing.</remarks>
    public void Set(DateTimeOffset requestedAt, DateTimeOffset reported, DateTimeOffset receivedAt)
    {
        var correction =
            reported < requestedAt ? reported - requestedAt
            : reported > receivedAt ? reported - receivedAt
            : TimeSpan.Zero;
        Volatile.Write(ref _correction, correction.Ticks);
    }
}
