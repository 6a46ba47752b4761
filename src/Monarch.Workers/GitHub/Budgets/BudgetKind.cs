namespace Monarch.Workers.GitHub.Budgets;

/// <summary>What a request costs.</summary>
enum BudgetKind
{
    Read,

    /// <summary>It creates content, which has limits of its own.</summary>
    Create,
}
