using Monarch.Workers.GitHub.RateBudget;

namespace Monarch.Tests.GitHub.Budgets.Suites;

/// <summary>A kind of budget and its clock: each suite is run in memory and on Redis.</summary>
public abstract class BudgetBench
{
    /// <summary>A budget under these rules. Where it is shared, so is what another one under other rules knows of an account.</summary>
    internal abstract IBudget Create(BudgetRules rules);

    /// <summary>Lets the budget's clock go on by so much at least.</summary>
    public abstract Task PassAsync(TimeSpan time);

    /// <summary>Sets the budget's clock forward or back.</summary>
    public abstract Task JumpAsync(TimeSpan time);
}
