using Microsoft.Extensions.Time.Testing;
using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Tests.GitHub.RateBudget;

/// <summary>Simulates hours of a migration: forty repository migrations ask, wake up a little late, and ask again.</summary>
sealed class ManyTargets
{
    const int Targets = 40;

    readonly FakeTimeProvider _time = FakeTime.New();
    readonly HiddenLimits _gitHub;
    readonly Random _random = new(7);
    readonly PriorityQueue<int, DateTimeOffset> _due = new(Enumerable.Range(0, Targets).Select(target => (target, Start)));

    public ManyTargets(BudgetRules rules, HiddenLimits gitHub) => (_gitHub, Budget) = (gitHub, new(rules, _time));

    /// <summary>The time of the first request.</summary>
    public static DateTimeOffset Start => FakeTime.Start;

    public DateTimeOffset Now => _time.GetUtcNow();

    public InMemoryBudget Budget { get; }

    public int[] Served { get; } = new int[Targets];

    public async Task ServeUntilAsync(Func<bool> isEnough)
    {
        while (!isEnough() && _due.TryDequeue(out var target, out var at))
        {
            _time.Advance(at > Now ? at - Now : TimeSpan.Zero);
            switch (await Budget.AskAsync(new("account", BudgetKind.Create, $"{target}:{Served[target]}"), CancellationToken.None))
            {
                case BudgetAnswer.Wait wait:
                    _due.Enqueue(target, Now + wait.Time + Late(wait.Time));
                    break;
                case BudgetAnswer.Granted granted:
                    _time.Advance(0.1);
                    var (isRefused, named) = _gitHub.Create(Now);
                    var outcome = new BudgetOutcome(isRefused ? BudgetEnd.Refused : BudgetEnd.Answered) { Wait = named };
                    var closed = await Budget.EndAsync(granted.Grant, outcome, CancellationToken.None);
                    Served[target] += isRefused ? 0 : 1;
                    _due.Enqueue(target, Now + closed + Late(closed));
                    break;
            }
        }
    }

    /// <summary>Lets time pass without requests.</summary>
    public void Rest(TimeSpan time) => _time.Advance(time);

    // A caller that waits for more than a few seconds wakes up late.
    TimeSpan Late(TimeSpan wait) => wait > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(2 * _random.NextDouble()) : TimeSpan.Zero;
}
