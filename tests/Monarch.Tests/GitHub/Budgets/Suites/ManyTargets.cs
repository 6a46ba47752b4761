using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Tests.GitHub.Budgets.Suites;

/// <summary>Hours of a school's migration in a moment: forty sagas ask, wake up a little late, each time another, and ask again.</summary>
sealed class ManyTargets(BudgetBench bench, BudgetRules rules, HiddenLimits gitHub)
{
    const int Targets = 40;

    readonly Random _random = new(7);
    readonly PriorityQueue<int, DateTimeOffset> _due = new(Enumerable.Range(0, Targets).Select(target => (target, Start)));

    /// <summary>When it begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = Start;

    public IBudget Budget { get; } = bench.Create(rules);

    public int[] Served { get; } = new int[Targets];

    public async Task ServeUntilAsync(Func<bool> isEnough)
    {
        while (!isEnough() && _due.TryDequeue(out var target, out var at))
        {
            await PassAsync(at > Now ? at - Now : TimeSpan.Zero);
            switch (await Budget.AskAsync(new("account", BudgetKind.Create, $"{target}:{Served[target]}"), CancellationToken.None))
            {
                case BudgetAnswer.Wait wait:
                    _due.Enqueue(target, Now + wait.Time + Late(wait.Time));
                    break;
                case BudgetAnswer.Granted granted:
                    await PassAsync(TimeSpan.FromSeconds(0.1));
                    var (isRefused, named) = gitHub.Create(Now);
                    var outcome = new BudgetOutcome(isRefused ? BudgetEnd.Refused : BudgetEnd.Answered) { Wait = named };
                    var closed = await Budget.EndAsync(granted.Grant, outcome, CancellationToken.None);
                    Served[target] += isRefused ? 0 : 1;
                    _due.Enqueue(target, Now + closed + Late(closed));
                    break;
            }
        }
    }

    /// <summary>Nothing is asked for so long.</summary>
    public Task RestAsync(TimeSpan time) => PassAsync(time);

    Task PassAsync(TimeSpan time)
    {
        Now += time;
        return time > TimeSpan.Zero ? bench.PassAsync(time) : Task.CompletedTask;
    }

    // Who waits for more than a few seconds is woken up late.
    TimeSpan Late(TimeSpan wait) => wait > TimeSpan.FromSeconds(5) ? TimeSpan.FromSeconds(2 * _random.NextDouble()) : TimeSpan.Zero;
}
