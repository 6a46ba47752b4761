using Microsoft.Extensions.Time.Testing;
using Monarch.Tests.GitHub.Budgets.Suites;
using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Tests.GitHub.Budgets;

sealed class MemoryBench : BudgetBench
{
    readonly FakeTimeProvider _time = FakeTime.New();

    public override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    public override Task JumpAsync(TimeSpan time)
    {
        _time.Shift(time.TotalSeconds);
        return Task.CompletedTask;
    }

    internal override IBudget Create(BudgetRules rules) => new InMemoryBudget(rules, _time);
}
