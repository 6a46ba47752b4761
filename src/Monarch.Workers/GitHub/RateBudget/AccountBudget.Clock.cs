namespace Monarch.Workers.GitHub.RateBudget;

// "The clock may have been set back" in RedisBudgetScripts.cs is the same in Lua; Agreeing_with_the_budget_in_memory compares them.
sealed partial class AccountBudget
{
    DateTimeOffset _seen;

    /// <summary>After the clock was set back, limits times to the furthest ahead that the rules allow.</summary>
    void Correct(DateTimeOffset now)
    {
        if (now < _seen)
        {
            Clamp(now);
        }

        _seen = now;
    }

    void Clamp(DateTimeOffset now)
    {
        (_granted, _refused, _paced, _halved, _latest) = (
            Earlier(_granted, now),
            Earlier(_refused, now),
            Earlier(_paced, now),
            Earlier(_halved, now),
            Earlier(_latest, now)
        );
        if (_closedAt > now)
        {
            (_closed, _closedAt) = (_closed - (_closedAt - now), now);
        }

        _closed = Earlier(_closed, now + BudgetRules.LongestWait);
        _disputedUntil = Earlier(_disputedUntil, now + BudgetRules.LongestWait + _rules.Hour);
        _minute.ProbeBy(now + _rules.Hour);
        _hour.ProbeBy(now + _rules.Hour);
        _reset = Earlier(_reset, now + BudgetRules.LongestReset);
        Clamp(_creating, now + _rules.Lease);
        Clamp(_writing, now + _rules.Lease);
        Clamp(_reading, now + _rules.Lease);
        for (var i = 0; i < _places.Count; i++)
        {
            _places[i] = (_places[i].Name, Earlier(_places[i].PromisedAt, now + BudgetRules.LongestWait));
        }

        ClampAnswers(now);
        var current = Sixtieth(now);
        foreach (var ahead in _spent.Keys.Where(sixtieth => sixtieth > current).ToList())
        {
            _spent[current] = _spent.GetValueOrDefault(current) + _spent[ahead];
            _spent.Remove(ahead);
        }
    }

    // The distances are kept: otherwise a full hour would remain full for another hour.
    void ClampAnswers(DateTimeOffset now)
    {
        var ahead = _answered.FindAll(creation => creation.At > now);
        if (ahead is [.., var latest])
        {
            _answered.RemoveAll(creation => creation.At > now);
            ahead.ForEach(creation => Count(creation.Id, creation.At - (latest.At - now)));
        }
    }

    static void Clamp(Dictionary<string, DateTimeOffset> grants, DateTimeOffset latest)
    {
        foreach (var id in grants.Where(grant => grant.Value > latest).Select(grant => grant.Key).ToList())
        {
            grants[id] = latest;
        }
    }

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
