namespace Monarch.Workers.GitHub.Budgets;

/// <summary>
/// How fast an account may ask GitHub, shared by everything that asks with it. A grant is good for one request, and has to be ended; one
/// that is not, since its process died, ends by itself.
/// </summary>
interface IBudget
{
    Task<BudgetAnswer> AskAsync(BudgetRequest request, CancellationToken cancellationToken);

    /// <summary>Tells how the request ended.</summary>
    /// <returns>How long nothing is granted from now on; zero when GitHub is content.</returns>
    Task<TimeSpan> EndAsync(BudgetGrant grant, BudgetOutcome outcome, CancellationToken cancellationToken);

    /// <summary>How an account stands now.</summary>
    Task<BudgetSnapshot> LookAsync(string account, CancellationToken cancellationToken);
}
