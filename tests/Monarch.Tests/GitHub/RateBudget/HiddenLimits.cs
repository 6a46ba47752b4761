namespace Monarch.Tests.GitHub.RateBudget;

/// <summary>A GitHub with lower limits than documented, in sliding windows. It counts the requests during a refusal.</summary>
sealed class HiddenLimits(int perMinute, int perHour, bool namesTime)
{
    readonly List<DateTimeOffset> _created = [];
    DateTimeOffset _limitedUntil;
    int _foreign;

    /// <summary>Refusals unrelated to our creations: each refuses the next creation after its time, with or without a named wait.</summary>
    public IReadOnlyList<(DateTimeOffset At, TimeSpan? Wait)> Foreign { get; set; } = [];

    public List<DateTimeOffset> Violations { get; } = [];

    public int WhileLimited { get; private set; }

    public IReadOnlyList<DateTimeOffset> Created => _created;

    /// <summary>Creates, or refuses with or without a named wait.</summary>
    public (bool IsRefused, TimeSpan? Wait) Create(DateTimeOffset now)
    {
        if (now < _limitedUntil)
        {
            WhileLimited++;
            return (true, namesTime ? _limitedUntil - now : null);
        }

        if (_foreign < Foreign.Count && Foreign[_foreign].At <= now)
        {
            var wait = Foreign[_foreign++].Wait;
            _limitedUntil = now + (wait ?? TimeSpan.FromMinutes(1));
            return (true, wait);
        }

        var room = Later(RoomAt(now, TimeSpan.FromMinutes(1), perMinute), RoomAt(now, TimeSpan.FromHours(1), perHour));
        if (room <= now)
        {
            _created.Add(now);
            return (false, null);
        }

        Violations.Add(now);
        _limitedUntil = room;
        return (true, namesTime ? room - now : null);
    }

    DateTimeOffset RoomAt(DateTimeOffset now, TimeSpan window, int cap)
    {
        var inside = _created.Count - (_created.FindLastIndex(at => at <= now - window) + 1);
        return inside < cap ? now : _created[^cap] + window;
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
