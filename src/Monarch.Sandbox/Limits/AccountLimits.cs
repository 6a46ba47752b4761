namespace Monarch.Sandbox.Limits;

/// <summary>One account's standing with GitHub's rate limits. Thread-safe.</summary>
/// <remarks>https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api</remarks>
sealed class AccountLimits(bool anonymous)
{
    const int UnlimitedFigure = 5000;

    readonly Lock _lock = new();
    readonly SlidingWindow _points = new();
    readonly SlidingWindow _creationsThisMinute = new();
    readonly SlidingWindow _creationsThisHour = new();
    Refusal? _everything, _creating;
    DateTimeOffset _everythingUntil, _creatingUntil, _primaryReset;
    Figures _figures;
    bool _primaryToldToWait, _banned;
    int _primaryUsed, _underWay, _whileLimited;

    /// <summary>Lets a request in (null; then <see cref="Leave"/> must follow) or says why not.</summary>
    public Refusal? TryEnter(SandboxLimits limits, DateTimeOffset now, bool write, bool creation, bool free)
    {
        lock (_lock)
        {
            Begin(limits);
            if (Refuse(limits, now, write, creation, free) is { } refusal)
                return Remember(refusal, limits, now);
            if (limits.PointsPerMinute is not null)
                _points.Add(now, Points(write));
            if (creation && limits.CreationsPerMinute is not null)
                _creationsThisMinute.Add(now, 1);
            if (creation && limits.CreationsPerHour is not null)
                _creationsThisHour.Add(now, 1);
            if (!free)
                _primaryUsed++;
            _underWay++;
            return null;
        }
    }

    public void Leave()
    {
        lock (_lock)
            _underWay--;
    }

    /// <summary>Gives back what a 304 does not cost.</summary>
    public void Refund()
    {
        lock (_lock)
            _primaryUsed = Math.Max(0, _primaryUsed - 1);
    }

    public PrimaryWindow Primary(SandboxLimits limits, DateTimeOffset now)
    {
        lock (_lock)
        {
            Begin(limits);
            Roll(limits, now);
            if (Cap(limits) is not { } cap)
                return new PrimaryWindow(UnlimitedFigure, UnlimitedFigure - 1, 1, _primaryReset);
            return new PrimaryWindow(cap, Math.Max(0, cap - _primaryUsed), Math.Min(cap, _primaryUsed), _primaryReset);
        }
    }

    // A limit that was set a moment ago counts from now on. Only a ban remains.
    void Begin(SandboxLimits limits)
    {
        var figures = Figures.Of(limits);
        if (figures == _figures)
            return;
        _figures = figures;
        _points.Clear();
        _creationsThisMinute.Clear();
        _creationsThisHour.Clear();
        (_everything, _creating, _primaryReset) = (null, null, default);
    }

    Refusal? Refuse(SandboxLimits limits, DateTimeOffset now, bool write, bool creation, bool free)
    {
        var minute = TimeSpan.FromSeconds(limits.MinuteSeconds);
        if (_banned)
            return new Refusal(Limit.Banned, TimeSpan.FromSeconds(limits.HourSeconds), true);
        if (_everything is not null && now < _everythingUntil)
            return _everything with { Wait = _everythingUntil - now, WhileLimited = true };
        if (creation && _creating is not null && now < _creatingUntil)
            return _creating with { Wait = _creatingUntil - now, WhileLimited = true };

        Roll(limits, now);
        if (!free && Cap(limits) is { } cap && _primaryUsed >= cap)
            return new Refusal(Limit.Primary, _primaryReset - now, _primaryToldToWait);
        if (limits.Concurrency is { } most && _underWay >= most)
            return new Refusal(Limit.Concurrency, TimeSpan.FromSeconds(1), false);
        if (limits.PointsPerMinute is { } points && _points.WaitFor(now, minute, points, Points(write)) is { Ticks: > 0 } forPoints)
            return new Refusal(Limit.PointsPerMinute, forPoints, false);
        if (!creation)
            return null;
        if (limits.CreationsPerMinute is { } aMinute && _creationsThisMinute.WaitFor(now, minute, aMinute, 1) is { Ticks: > 0 } short_)
            return new Refusal(Limit.CreationsPerMinute, short_, false);
        var hour = TimeSpan.FromSeconds(limits.HourSeconds);
        if (limits.CreationsPerHour is { } anHour && _creationsThisHour.WaitFor(now, hour, anHour, 1) is { Ticks: > 0 } long_)
            return new Refusal(Limit.CreationsPerHour, long_, false);
        return null;
    }

    Refusal Remember(Refusal refusal, SandboxLimits limits, DateTimeOffset now)
    {
        if (refusal.WhileLimited)
        {
            _whileLimited++;
            _banned |= _whileLimited >= limits.BanAfterRequestsWhileLimited;
            return _banned ? refusal with { Limit = Limit.Banned } : refusal;
        }

        if (refusal.Limit == Limit.Primary)
        {
            _primaryToldToWait = true;
            return refusal;
        }

        if (limits.PenaltySeconds is { } penalty)
            refusal = refusal with { Wait = TimeSpan.FromSeconds(penalty) };
        if (refusal.IsCreation)
            (_creating, _creatingUntil) = (refusal, now + refusal.Wait);
        else
            (_everything, _everythingUntil) = (refusal, now + refusal.Wait);
        return refusal;
    }

    void Roll(SandboxLimits limits, DateTimeOffset now)
    {
        if (now < _primaryReset)
            return;
        _primaryReset = now + TimeSpan.FromSeconds(limits.HourSeconds);
        _primaryUsed = 0;
        _primaryToldToWait = false;
    }

    int? Cap(SandboxLimits limits) => limits.PrimaryPerHour is null ? null : anonymous ? limits.AnonymousPerHour : limits.PrimaryPerHour;

    static int Points(bool write) => write ? 5 : 1;

    // Limits may be replaced, and changed in their place.
    readonly record struct Figures(SandboxLimits Limits, (int?, int, int?, int?, int?) Caps, (double Minute, double Hour) Seconds)
    {
        public static Figures Of(SandboxLimits limits) => new(
            limits,
            (limits.PrimaryPerHour, limits.AnonymousPerHour, limits.PointsPerMinute, limits.CreationsPerMinute, limits.CreationsPerHour),
            (limits.MinuteSeconds, limits.HourSeconds));
    }
}
