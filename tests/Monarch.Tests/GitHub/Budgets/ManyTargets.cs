using Monarch.Workers.GitHub.Budgets;

namespace Monarch.Tests.GitHub.Budgets;

/// <summary>Hours of a school's migration in a moment: forty sagas ask, wake up a little late, each time another, and ask again.</summary>
sealed class ManyTargets(BudgetRules rules, HiddenLimits gitHub, ManualTime time)
{
    const int Targets = 40;

    readonly Random _random = new(7);
    readonly PriorityQueue<int, DateTimeOffset> _due = new(Enumerable.Range(0, Targets).Select(target => (target, time.GetUtcNow())));

    public InMemoryBudget Budget { get; } = new(rules, time);

    public int[] Served { get; } = new int[Targets];

    public async Task ServeUntilAsync(Func<bool> isEnough)
    {
        while (!isEnough() && _due.TryDequeue(out var target, out var at))
        {
            time.Set(at > time.GetUtcNow() ? at : time.GetUtcNow());
            switch (await Budget.AskAsync(new("account", BudgetKind.Create, $"{target}:{Served[target]}"), CancellationToken.None))
            {
                case BudgetAnswer.Wait wait:
                    _due.Enqueue(target, time.GetUtcNow() + wait.Time + Late(wait.Time));
                    break;
                case BudgetAnswer.Granted granted:
                    time.Advance(0.1);
                    var (isRefused, named) = gitHub.Create(time.GetUtcNow());
                    var outcome = new BudgetOutcome(isRefused ? BudgetEnd.Refused : BudgetEnd.Answered) { Wait = named };
                    var closed = await Budget.EndAsync(granted.Grant, outcome, CancellationToken.None);
                    Served[target] += isRefused ? 0 : 1;
                    _due.Enqueue(target, time.GetUtcNow() + closed + Late(closed));
                    break;
            }
        }
    }

    // Who waits for more than a few seconds is woken up late.
    TimeSpan Late(TimeSpan wait) => wait > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(2 * _random.NextDouble()) : TimeSpan.Zero;
}
