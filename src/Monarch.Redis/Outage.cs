namespace Monarch.Redis;

/// <summary>Lets a loop log the beginning and the end of an outage once each, and not every attempt in between.</summary>
sealed class Outage
{
    bool _lasts;

    public bool Lasts => Volatile.Read(ref _lasts);

    /// <summary>True the first time only.</summary>
    public bool Begins() => !Interlocked.Exchange(ref _lasts, true);

    /// <summary>True once, if there was one.</summary>
    public bool Ends() => Interlocked.Exchange(ref _lasts, false);
}
