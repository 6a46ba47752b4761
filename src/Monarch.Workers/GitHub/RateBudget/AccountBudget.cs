namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>
/// The rules for one account, in C#. Not thread-safe. <see cref="RedisBudgetScripts"/> has the same rules in Lua, in the same order and
/// with the same names: this file and AccountBudget.Clock.cs correspond to RedisBudgetScripts.cs, .Asking.cs and .Ending.cs to the files of
/// those names, <see cref="CreationWindow"/> to the functions on a window in them. Change both. The unit tests test the rules in C#; the
/// test Agreeing_with_the_budget_in_memory compares the answers and snapshots of both over 10,000 random calls.
/// </summary>
sealed partial class AccountBudget
{
    readonly BudgetRules _rules;
    readonly CreationWindow _minute,
        _hour;
    readonly List<CreationWindow> _windows;
    readonly TimeSpan _longest;

    readonly List<(DateTimeOffset At, string Id)> _answered = [];
    readonly Dictionary<string, DateTimeOffset> _creating = [];
    readonly Dictionary<string, DateTimeOffset> _writing = [];
    readonly Dictionary<string, DateTimeOffset> _reading = [];
    readonly List<(string Name, DateTimeOffset PromisedAt)> _places = [];
    readonly SortedDictionary<long, int> _spent = [];

    DateTimeOffset _closed,
        _closedAt,
        _refused,
        _disputedUntil,
        _granted,
        _paced,
        _halved,
        _reset,
        _latest;
    BudgetReason _reason;
    int? _status,
        _pace,
        _remaining;
    int _refusals,
        _points;
    bool _alone,
        _aloneCreate;
    double? _window;
    TimeSpan? _took;

    public AccountBudget(BudgetRules rules)
    {
        _rules = rules;
        _minute = new(rules.Minute, rules.CreatesPerMinute, BudgetReason.Minute);
        _hour = new(rules.Hour, rules.CreatesPerHour, BudgetReason.Hour);
        _windows = [.. new[] { _minute, _hour }.Where(window => window.Cap > 0)];
        _longest = _windows.Count > 0 ? _windows.Max(window => window.Length) : TimeSpan.Zero;
    }

    /// <summary>A copy for a forecast: levels that GitHub has not refused count as proven, and no limit is probed.</summary>
    public AccountBudget(BudgetRules rules, BudgetSnapshot snapshot)
        : this(rules)
    {
        _minute.Restore(snapshot.MinuteCeiling);
        _hour.Restore(snapshot.HourCeiling);
        var underWay = snapshot.UsedThisHour - snapshot.AnsweredAt.Count(at => at > snapshot.Now - rules.Hour);
        _answered.AddRange(snapshot.AnsweredAt.Concat(Enumerable.Repeat(snapshot.Now, underWay)).Select(at => (at, "")));
        Spend(snapshot.Now, snapshot.Points);
        (_pace, _paced) = (snapshot.Pace ?? rules.CreatesPerMinute, snapshot.Now);
        (_remaining, _reset) = (snapshot.Remaining, snapshot.ResetsAt ?? default);
        (_closed, _reason) = (snapshot.ClosedUntil ?? default, snapshot.Reason);
        (_window, _took) = (snapshot.Window, snapshot.Took);
    }

    int UnderWay => _creating.Count + _writing.Count + _reading.Count;

    TimeSpan Took => (_took ?? TimeSpan.FromMilliseconds(200)) is var took && took < _rules.Lease ? took : _rules.Lease;

    double Window => Math.Min(_window ?? _rules.Concurrency, _rules.Concurrency);

    int Points => _points + ((_creating.Count + _writing.Count) * BudgetRules.WritePoints) + (_reading.Count * BudgetRules.ReadPoints);

    /// <summary>The pace in creations a minute; the cap when no lower pace applies.</summary>
    int Pace => _rules.StartPerMinute > 0 ? Math.Min(_pace ?? _rules.StartPerMinute, _minute.Cap) : _minute.Cap;

    public BudgetSnapshot Snapshot(DateTimeOffset now)
    {
        Roll(now);
        return new()
        {
            Now = now,
            MinuteLimit = _minute.Cap > 0 ? Math.Min(_minute.Limit, Pace) : null,
            HourLimit = _hour.Cap > 0 ? _hour.Limit : null,
            Pace = _minute.Cap > 0 && Pace < _minute.Cap ? Pace : null,
            MinuteCeiling = _minute.Ceiling,
            HourCeiling = _hour.Ceiling,
            UsedThisMinute = Inside(_minute, now) + _creating.Count,
            UsedThisHour = Inside(_hour, now) + _creating.Count,
            Reserved = _places.Count,
            UnderWay = UnderWay,
            Window = _rules.Concurrency > 0 ? (int)Window : null,
            Points = Points,
            Remaining = now < _reset ? _remaining : null,
            ResetsAt = now < _reset ? _reset : null,
            ClosedUntil = now < _closed ? _closed : null,
            Reason = now < _closed ? _reason : BudgetReason.None,
            Took = Took,
            AnsweredAt = [.. _answered.Select(creation => creation.At)],
        };
    }

    /// <summary>Removes expired entries.</summary>
    void Roll(DateTimeOffset now)
    {
        Correct(now);
        // The owner died or lost its connection: its request may have been answered until the end of the lease.
        foreach (var (id, expires) in _creating.Where(grant => grant.Value <= now).OrderBy(grant => grant.Value).ToList())
        {
            _creating.Remove(id);
            Count(id, expires);
            Spend(expires, BudgetRules.WritePoints);
        }

        foreach (var kind in (BudgetKind[])[BudgetKind.Write, BudgetKind.Read])
        {
            foreach (var (id, expires) in InFlight(kind).Where(grant => grant.Value <= now).ToList())
            {
                InFlight(kind).Remove(id);
                Spend(expires, Cost(kind));
            }
        }

        foreach (var at in _spent.Keys.TakeWhile(at => At(at + 1) + _rules.Minute <= now).ToList())
        {
            _points -= _spent[at];
            _spent.Remove(at);
        }

        var first = _answered.FindIndex(creation => creation.At > now - _longest);
        _answered.RemoveRange(0, first < 0 ? _answered.Count : first);

        if (now > _closed + _rules.Grace)
        {
            _places.RemoveAll(place => place.PromisedAt <= now - _rules.Grace);
        }
    }

    Dictionary<string, DateTimeOffset> InFlight(BudgetKind kind) =>
        kind switch
        {
            BudgetKind.Create => _creating,
            BudgetKind.Write => _writing,
            _ => _reading,
        };

    static int Cost(BudgetKind kind) => kind == BudgetKind.Read ? BudgetRules.ReadPoints : BudgetRules.WritePoints;

    /// <summary>Records a creation, which counts for the length of a window.</summary>
    void Count(string id, DateTimeOffset at)
    {
        if (_longest > TimeSpan.Zero)
        {
            _answered.Insert(_answered.FindLastIndex(creation => creation.At <= at) + 1, (at, id));
        }
    }

    void Spend(DateTimeOffset at, int points)
    {
        if (_rules.PointsPerMinute == 0)
        {
            return;
        }

        var sixtieth = Sixtieth(at);
        _spent[sixtieth] = _spent.GetValueOrDefault(sixtieth) + points;
        _points += points;
    }

    // Ordered by time.
    int Inside(CreationWindow window, DateTimeOffset now)
    {
        var (since, low, high) = (now - window.Length, 0, _answered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _answered[middle].At <= since ? (middle + 1, high) : (low, middle);
        }

        return _answered.Count - low;
    }

    long Sixtieth(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / _rules.Sixtieth.Ticks;

    DateTimeOffset At(long sixtieth) => DateTimeOffset.UnixEpoch + (_rules.Sixtieth * sixtieth);
}
