using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.IntegrationTests.RateBudget;

/// <summary>The calls of workers to a budget, GitHub's answers and the moves of the clock, drawn from a seed.</summary>
sealed class RandomBudgetCalls(BothBudgets budgets, BudgetRules rules, int seed)
{
    const int CallsPerPhase = 80;

    static readonly TimeSpan Year = TimeSpan.FromDays(365);

    readonly Random _random = new(seed);
    readonly List<BothGrants> _inFlight = [],
        _ended = [];
    TimeSpan _wait;
    bool _isYearAhead;
    int _calls,
        _reservations,
        _callsPerRefusal;

    /// <summary>Makes one call, compares the accounts, and moves the clock.</summary>
    public async Task NextAsync()
    {
        if (_calls++ % CallsPerPhase == 0)
        {
            // Many callers or few; GitHub refuses nothing, little or much.
            (_reservations, _callsPerRefusal) = (Any(2, 12, 40), Any(int.MaxValue, 40, 5));
        }

        _wait = TimeSpan.Zero;
        await CallAsync();
        await budgets.CompareSnapshotsAsync();
        await budgets.MoveAsync(Time());
    }

    Task CallAsync() =>
        _random.Next(40) switch
        {
            // The owner may end a grant twice, and after its lease.
            0 when _ended.Count > 0 => budgets.EndAsync(_ended[_random.Next(_ended.Count)], Outcome()),
            < 18 when _inFlight.Count > 0 => EndAsync(_inFlight[_random.Next(_inFlight.Count)]),
            < 22 => AskAsync(BudgetKind.Read, Any(null, null, Reservation())),
            < 28 => AskAsync(BudgetKind.Write, _random.Next(20) == 0 ? null : Reservation()),
            _ => AskAsync(BudgetKind.Create, _random.Next(20) == 0 ? null : Reservation()),
        };

    async Task AskAsync(BudgetKind kind, string? reservation)
    {
        switch (await budgets.AskAsync(kind, reservation))
        {
            case (BudgetAnswer.Granted memory, BudgetAnswer.Granted redis):
                _inFlight.Add(new(memory.Grant, redis.Grant));
                break;
            case (BudgetAnswer.Wait wait, _):
                _wait = wait.Time;
                break;
        }
    }

    async Task EndAsync(BothGrants grants)
    {
        _inFlight.Remove(grants);
        _ended.Add(grants);
        await budgets.EndAsync(grants, Outcome());
    }

    BudgetOutcome Outcome() =>
        new(End())
        {
            Wait = _random.Next(60) == 0 ? TimeSpan.FromDays(2) : Any<TimeSpan?>(null, UpTo(rules.Minute), UpTo(rules.Minute * 3)),
            IsPrimary = _random.Next(10) == 0,
            Status = Any<int?>(null, 403, 429),
            Remaining = _random.Next(60) == 0 ? _random.Next(8) : Any<int?>(null, null, 20 + _random.Next(5000)),
            ResetsIn = Any<TimeSpan?>(null, UpTo(rules.Minute), UpTo(BudgetRules.LongestReset)),
        };

    BudgetEnd End() =>
        _random.Next(_callsPerRefusal) == 0
            ? BudgetEnd.Refused
            : _random.Next(40) switch
            {
                0 => BudgetEnd.Failed,
                1 => BudgetEnd.Unreached,
                2 => BudgetEnd.Declined,
                3 => BudgetEnd.Void,
                _ => BudgetEnd.Answered,
            };

    /// <summary>The time until the next call: none to hours. Or the clock is set.</summary>
    TimeSpan Time() =>
        _random.Next(400) switch
        {
            < 100 => TimeSpan.Zero,
            < 260 => UpTo(rules.Minute / 200),
            < 320 => UpTo(rules.Minute / 12),
            // The last answer's wait, as its caller sleeps.
            < 380 => _wait,
            < 390 => UpTo(rules.Minute),
            < 393 => UpTo(rules.Hour * 1.2),
            < 396 => -UpTo(rules.Minute),
            < 398 => -UpTo(rules.Hour),
            _ => YearAheadAndBack(),
        };

    TimeSpan YearAheadAndBack()
    {
        _isYearAhead = !_isYearAhead;
        return _isYearAhead ? Year : -Year;
    }

    string Reservation() => $"{_random.Next(_reservations)}";

    TimeSpan UpTo(TimeSpan longest) => TimeSpan.FromMilliseconds(_random.Next((int)longest.TotalMilliseconds));

    T Any<T>(params T[] values) => values[_random.Next(values.Length)];
}
