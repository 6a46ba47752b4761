namespace Monarch.Workers.GitHub.Budgets;

/// <summary>
/// The request budget of an account, shared by all its users. A grant permits one request and must be ended; it expires automatically if
/// its process dies.
/// </summary>
interface IBudget
{
    Task<BudgetAnswer> AskAsync(BudgetRequest request, CancellationToken cancellationToken);

    /// <summary>Reports the outcome of a request.</summary>
    /// <returns>The time until the next grant after a refusal; otherwise zero.</returns>
    Task<TimeSpan> EndAsync(BudgetGrant grant, BudgetOutcome outcome, CancellationToken cancellationToken);

    /// <summary>The current state of an account.</summary>
    Task<BudgetSnapshot> LookAsync(string account, CancellationToken cancellationToken);
}
