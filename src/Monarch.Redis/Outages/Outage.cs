namespace Monarch.Redis.Outages;

/// <summary>Tracks an outage, so that its beginning and its end are logged once each, and not every attempt in between.</summary>
sealed class Outage
{
    bool _lasts;

    public bool Lasts => Volatile.Read(ref _lasts);

    /// <summary>Starts the outage; false if it has already started.</summary>
    public bool Begins() => !Interlocked.Exchange(ref _lasts, true);

    /// <summary>Ends the outage; false if there is none.</summary>
    public bool Ends() => Interlocked.Exchange(ref _lasts, false);
}
