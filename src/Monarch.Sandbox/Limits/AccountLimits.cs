using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Limits;

/// <summary>The state of GitHub's rate limits for one account. Thread-safe.</summary>
/// <remarks>https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api</remarks>
sealed class AccountLimits(bool anonymous)
{
    const int UnlimitedQuota = 5000;

    readonly Lock _lock = new();
    readonly SlidingWindow _points = new();
    readonly SlidingWindow _creationsThisMinute = new();
    readonly SlidingWindow _creationsThisHour = new();
    Refusal? _block,
        _creationBlock;
    DateTimeOffset _blockedUntil,
        _creationBlockedUntil,
        _primaryReset;
    LimitValues _values;
    bool _primaryRefused,
        _banned;
    int _primaryUsed,
        _inFlight,
        _requestsWhileLimited;

    /// <summary>Admits a request (null; <see cref="Leave"/> must follow) or returns the refusal.</summary>
    public Refusal? TryEnter(SandboxLimits limits, DateTimeOffset now, bool write, bool isCreation, bool isFree)
    {
        lock (_lock)
        {
            RestartIfChanged(limits);
            if (Refuse(limits, now, write, isCreation, isFree) is { } refusal)
            {
                return Record(refusal, limits, now);
            }

            if (limits.PointsPerMinute is not null)
            {
                _points.Add(now, Points(write));
            }

            if (isCreation && limits.CreationsPerMinute is not null)
            {
                _creationsThisMinute.Add(now, 1);
            }

            if (isCreation && limits.CreationsPerHour is not null)
            {
                _creationsThisHour.Add(now, 1);
            }

            if (!isFree)
            {
                _primaryUsed++;
            }

            _inFlight++;
            return null;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
        }
    }

    /// <summary>Refunds a request that was answered with 304, which is free.</summary>
    public void Refund()
    {
        lock (_lock)
        {
            _primaryUsed = Math.Max(0, _primaryUsed - 1);
        }
    }

    public PrimaryWindow Primary(SandboxLimits limits, DateTimeOffset now)
    {
        lock (_lock)
        {
            RestartIfChanged(limits);
            StartWindowIfDue(limits, now);
            if (Cap(limits) is not { } cap)
            {
                return new PrimaryWindow(UnlimitedQuota, UnlimitedQuota - 1, 1, _primaryReset);
            }

            return new PrimaryWindow(cap, Math.Max(0, cap - _primaryUsed), Math.Min(cap, _primaryUsed), _primaryReset);
        }
    }

    // Counting restarts when a limit changes. Only a ban remains.
    void RestartIfChanged(SandboxLimits limits)
    {
        var values = LimitValues.Of(limits);
        if (values == _values)
        {
            return;
        }

        _values = values;
        _points.Clear();
        _creationsThisMinute.Clear();
        _creationsThisHour.Clear();
        (_block, _creationBlock, _primaryReset) = (null, null, default);
    }

    Refusal? Refuse(SandboxLimits limits, DateTimeOffset now, bool write, bool isCreation, bool isFree)
    {
        var minute = TimeSpan.FromSeconds(limits.MinuteSeconds);
        if (_banned)
        {
            return new Refusal(Limit.Banned, TimeSpan.FromSeconds(limits.HourSeconds), true);
        }

        if (_block is not null && now < _blockedUntil)
        {
            return _block with { Wait = _blockedUntil - now, WhileLimited = true };
        }

        if (isCreation && _creationBlock is not null && now < _creationBlockedUntil)
        {
            return _creationBlock with { Wait = _creationBlockedUntil - now, WhileLimited = true };
        }

        StartWindowIfDue(limits, now);
        if (!isFree && Cap(limits) is { } cap && _primaryUsed >= cap)
        {
            return new Refusal(Limit.Primary, _primaryReset - now, _primaryRefused);
        }

        if (limits.Concurrency is { } max && _inFlight >= max)
        {
            return new Refusal(Limit.Concurrency, TimeSpan.FromSeconds(1), false);
        }

        if (limits.PointsPerMinute is { } points && _points.WaitFor(now, minute, points, Points(write)) is { Ticks: > 0 } pointsWait)
        {
            return new Refusal(Limit.PointsPerMinute, pointsWait, false);
        }

        if (!isCreation)
        {
            return null;
        }

        if (
            limits.CreationsPerMinute is { } perMinute
            && _creationsThisMinute.WaitFor(now, minute, perMinute, 1) is { Ticks: > 0 } minuteWait
        )
        {
            return new Refusal(Limit.CreationsPerMinute, minuteWait, false);
        }

        var hour = TimeSpan.FromSeconds(limits.HourSeconds);
        if (limits.CreationsPerHour is { } perHour && _creationsThisHour.WaitFor(now, hour, perHour, 1) is { Ticks: > 0 } hourWait)
        {
            return new Refusal(Limit.CreationsPerHour, hourWait, false);
        }

        return null;
    }

    Refusal Record(Refusal refusal, SandboxLimits limits, DateTimeOffset now)
    {
        if (refusal.WhileLimited)
        {
            _requestsWhileLimited++;
            _banned |= _requestsWhileLimited >= limits.BanAfterRequestsWhileLimited;
            return _banned ? refusal with { Limit = Limit.Banned } : refusal;
        }

        if (refusal.Limit == Limit.Primary)
        {
            _primaryRefused = true;
            return refusal;
        }

        if (limits.PenaltySeconds is { } penalty)
        {
            refusal = refusal with { Wait = TimeSpan.FromSeconds(penalty) };
        }

        if (refusal.IsCreation)
        {
            (_creationBlock, _creationBlockedUntil) = (refusal, now + refusal.Wait);
        }
        else
        {
            (_block, _blockedUntil) = (refusal, now + refusal.Wait);
        }

        return refusal;
    }

    void StartWindowIfDue(SandboxLimits limits, DateTimeOffset now)
    {
        if (now < _primaryReset)
        {
            return;
        }

        _primaryReset = now + TimeSpan.FromSeconds(limits.HourSeconds);
        _primaryUsed = 0;
        _primaryRefused = false;
    }

    int? Cap(SandboxLimits limits) =>
        limits.PrimaryPerHour is null ? null
        : anonymous ? limits.AnonymousPerHour
        : limits.PrimaryPerHour;

    static int Points(bool write) => write ? 5 : 1;

    // The limits can be replaced or changed in place.
    readonly record struct LimitValues(SandboxLimits Limits, (int?, int, int?, int?, int?) Caps, (double Minute, double Hour) Seconds)
    {
        public static LimitValues Of(SandboxLimits limits) =>
            new(
                limits,
                (
                    limits.PrimaryPerHour,
                    limits.AnonymousPerHour,
                    limits.PointsPerMinute,
                    limits.CreationsPerMinute,
                    limits.CreationsPerHour
                ),
                (limits.MinuteSeconds, limits.HourSeconds)
            );
    }
}

/// <summary>The values of the <c>x-ratelimit-*</c> headers.</summary>
readonly record struct PrimaryWindow(int Limit, int Remaining, int Used, DateTimeOffset Reset)
{
    /// <summary>Whole seconds since 1970, rounded up so that waiting until then is sufficient.</summary>
    public long ResetSeconds => (long)Math.Ceiling((Reset - DateTimeOffset.UnixEpoch).TotalSeconds);
}
