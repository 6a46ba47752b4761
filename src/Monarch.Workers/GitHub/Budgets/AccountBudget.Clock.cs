namespace Monarch.Workers.GitHub.Budgets;

// "The clock may have been set back" in RedisBudgetScripts.cs is the same in Lua; Agreeing_with_the_budget_in_memory compares them.
sealed partial class AccountBudget
{
    DateTimeOffset _seen;

    /// <summary>After the clock was set back, what lies further ahead than the rules allow is taken back.</summary>
    void Correct(DateTimeOffset now)
    {
        if (now < _seen)
        {
            TakeBack(now);
        }

        _seen = now;
    }

    void TakeBack(DateTimeOffset now)
    {
        (_granted, _refused, _paced, _halved, _latest) =
            (Earlier(_granted, now), Earlier(_refused, now), Earlier(_paced, now), Earlier(_halved, now), Earlier(_latest, now));
        if (_closedAt > now)
        {
            (_closed, _closedAt) = (_closed - (_closedAt - now), now);
        }

        _closed = Earlier(_closed, now + BudgetRules.LongestWait);
        _disputedUntil = Earlier(_disputedUntil, now + BudgetRules.LongestWait + _rules.Hour);
        _minute.ProbeBy(now + _rules.Hour);
        _hour.ProbeBy(now + _rules.Hour);
        _reset = Earlier(_reset, now + BudgetRules.LongestReset);
        TakeBack(_creating, now + _rules.Lease);
        TakeBack(_reading, now + _rules.Lease);
        for (var i = 0; i < _places.Count; i++)
        {
            _places[i] = (_places[i].Name, Earlier(_places[i].PromisedAt, now + BudgetRules.LongestWait));
        }

        TakeBackAnswers(now);
        var current = Sixtieth(now);
        foreach (var ahead in _spent.Keys.Where(sixtieth => sixtieth > current).ToList())
        {
            _spent[current] = _spent.GetValueOrDefault(current) + _spent[ahead];
            _spent.Remove(ahead);
        }
    }

    // They keep their distances: else an hour that was full would stay so for another hour.
    void TakeBackAnswers(DateTimeOffset now)
    {
        var ahead = _answered.FindAll(creation => creation.At > now);
        if (ahead is [.., var latest])
        {
            _answered.RemoveAll(creation => creation.At > now);
            ahead.ForEach(creation => Count(creation.Id, creation.At - (latest.At - now)));
        }
    }

    static void TakeBack(Dictionary<string, DateTimeOffset> grants, DateTimeOffset latest)
    {
        foreach (var id in grants.Where(grant => grant.Value > latest).Select(grant => grant.Key).ToList())
        {
            grants[id] = latest;
        }
    }

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
