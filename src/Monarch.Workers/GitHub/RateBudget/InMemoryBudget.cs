using System.Collections.Concurrent;

namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>
/// The budget of a single process, by the rules of <see cref="AccountBudget"/>; it is lost with the process. <see cref="RedisBudget"/>
/// answers the same calls alike: the test Agreeing_with_the_budget_in_memory compares them.
/// </summary>
sealed class InMemoryBudget(BudgetRules rules, TimeProvider time) : IBudget
{
    readonly ConcurrentDictionary<string, AccountBudget> _accounts = new();

    public Task<BudgetAnswer> AskAsync(BudgetRequest request, CancellationToken cancellationToken)
    {
        var account = Account(request.Account);
        lock (account)
        {
            return Task.FromResult(account.Ask(request, Guid.NewGuid().ToString("N"), time.GetUtcNow()));
        }
    }

    public Task<TimeSpan> EndAsync(BudgetGrant grant, BudgetOutcome outcome, CancellationToken cancellationToken)
    {
        var account = Account(grant.Account);
        lock (account)
        {
            return Task.FromResult(account.End(grant, outcome, time.GetUtcNow()));
        }
    }

    public Task<BudgetSnapshot> LookAsync(string account, CancellationToken cancellationToken)
    {
        var budget = Account(account);
        lock (budget)
        {
            return Task.FromResult(budget.Snapshot(time.GetUtcNow()));
        }
    }

    AccountBudget Account(string name) => _accounts.GetOrAdd(name, _ => new(rules));
}
