namespace Monarch.Workers.GitHub.RateBudget;

// RedisBudgetScripts.Asking.cs has the same rules in Lua; Agreeing_with_the_budget_in_memory compares them.
sealed partial class AccountBudget
{
    public BudgetAnswer Ask(BudgetRequest request, string id, DateTimeOffset now)
    {
        Roll(now);
        var (creates, reads) = (request.Kind == BudgetKind.Create, request.Kind == BudgetKind.Read);
        var place = reads ? 0 : _places.FindIndex(x => x.Name == request.Place);
        var before = place < 0 ? _places.Count : place;
        var (till, reason) = (now, BudgetReason.None);

        Wait(_closed, _reason);
        if (_remaining <= 0 && now < _reset)
        {
            Wait(_reset, BudgetReason.Requests);
        }

        Wait(PointsFit(Cost(request.Kind), before, now), BudgetReason.Points);
        if (creates)
        {
            List<DateTimeOffset> ahead = [.. _places.Take(before).Where(x => !IsWrite(x.Name)).Select(x => x.PromisedAt)];
            foreach (var window in _windows)
            {
                window.Probe(Inside(window, now) + _creating.Count, now);
                var isPaced = window == _minute && Pace < window.Limit;
                Wait(Fits(window, isPaced ? Pace : window.Limit, ahead, now), isPaced ? BudgetReason.Pace : window.Reason);
            }
        }

        if (!reads)
        {
            var turn = Turn(creates, before, now);
            (till, reason) = turn <= till ? (till, reason) : (turn, reason == BudgetReason.None ? BudgetReason.Turn : reason);
        }

        var (minuteLevel, hourLevel) = creates ? (Level(_minute, now), Level(_hour, now)) : (0, 0);
        if (till <= now)
        {
            // As a read, a write does not wait for those ahead of it here: they may wait for limits of creations.
            var queued = creates ? before : 0;
            // A single request probes a level above the proven one, and whether a refusal has ended.
            if (
                (_alone && UnderWay > 0)
                || (creates && _creating.Count > 0 && (_aloneCreate || minuteLevel > _minute.ProvenLevel || hourLevel > _hour.ProvenLevel))
            )
            {
                Wait(now + Poll(queued), BudgetReason.Trial);
            }
            else if (_rules.Concurrency > 0 && UnderWay + queued >= (int)Window)
            {
                Wait(now + Poll(queued / (int)Window), BudgetReason.Busy);
            }
        }

        if (till > now)
        {
            till = Earlier(till, now + BudgetRules.LongestWait);
            Reserve(request, place, till);
            return new BudgetAnswer.Wait(till - now, reason, reason == BudgetReason.Refused ? _status : null);
        }

        InFlight(request.Kind)[id] = now + _rules.Lease;
        _remaining--;
        if (!reads)
        {
            _granted = now;
            if (place >= 0)
            {
                _places.RemoveAt(place);
            }
        }

        if (creates)
        {
            Rise(minuteLevel, now);
        }

        return new BudgetAnswer.Granted(new(request.Account, request.Kind, id, now, minuteLevel, hourLevel));

        void Wait(DateTimeOffset until, BudgetReason why) => (till, reason) = until > till ? (until, why) : (till, reason);
    }

    /// <summary>When one more creation fits under a cap, after the creations ahead of it in the queue.</summary>
    DateTimeOffset Fits(CreationWindow window, int cap, List<DateTimeOffset> ahead, DateTimeOffset now)
    {
        var (inside, creating) = (Inside(window, now), _creating.Count);
        var over = inside + creating + ahead.Count - cap;
        if (over < 0)
        {
            return now;
        }

        if (over < inside)
        {
            return _answered[_answered.Count - inside + over].At + window.Length;
        }

        if (over < inside + creating)
        {
            return now + Took + window.Length;
        }

        return Later(ahead[over - inside - creating], now) + Took + window.Length;
    }

    /// <summary>
    /// When the gap permits one more creation or write. An overdue place does not delay the others; it keeps its position in the queue. A
    /// write goes before creations that wait longer than for the gap.
    /// </summary>
    DateTimeOffset Turn(bool creates, int before, DateTimeOffset now)
    {
        if (_rules.WriteGap == TimeSpan.Zero)
        {
            return now;
        }

        var turn = Later(_granted + _rules.WriteGap, Later(_closed, now));
        foreach (var promised in _places.Take(before).Select(place => place.PromisedAt).Where(at => at > now).Order())
        {
            if (!creates && promised > turn)
            {
                break;
            }

            turn += _rules.WriteGap;
        }

        return turn;
    }

    static bool IsWrite(string place) => place.StartsWith(BudgetRequest.WritePrefix, StringComparison.Ordinal);

    /// <summary>When points for one more request are available.</summary>
    DateTimeOffset PointsFit(int cost, int before, DateTimeOffset now)
    {
        if (_rules.PointsPerMinute == 0 || Points + cost <= _rules.PointsPerMinute)
        {
            return now;
        }

        var over = Points + (cost * (before + 1)) - _rules.PointsPerMinute;
        foreach (var (sixtieth, points) in _spent)
        {
            over -= points;
            if (over <= 0)
            {
                return At(sixtieth + 1) + _rules.Minute;
            }
        }

        return now + Took;
    }

    void Reserve(BudgetRequest request, int place, DateTimeOffset promised)
    {
        if (request.Kind == BudgetKind.Read)
        {
            return;
        }

        if (place < 0)
        {
            _places.Add((request.Place, promised));
        }
        else
        {
            _places[place] = (request.Place, promised);
        }
    }

    /// <summary>
    /// Raises the pace after a minute that was nearly used up without a refusal (nearly, since callers wake up slightly late).
    /// </summary>
    void Rise(int level, DateTimeOffset now)
    {
        var pace = Pace;
        if (pace >= _minute.Cap)
        {
            return;
        }

        if (_paced == default)
        {
            _paced = now;
        }

        if (level * 10 >= pace * 9 && now - _paced >= _rules.Minute)
        {
            (_pace, _paced) = (Math.Min(_minute.Cap, Math.Max(pace * 5 / 4, pace + 1)), now);
        }
    }

    int Level(CreationWindow window, DateTimeOffset now) => window.Cap > 0 ? Inside(window, now) + _creating.Count + 1 : 0;

    /// <summary>The time until another request is answered.</summary>
    TimeSpan Poll(int before) => TimeSpan.FromMilliseconds(Math.Clamp(Took.TotalMilliseconds / 2, 1, 1000)) * (1 + before);

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
