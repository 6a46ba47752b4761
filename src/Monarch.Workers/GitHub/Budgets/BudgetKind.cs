namespace Monarch.Workers.GitHub.Budgets;

/// <summary>The kind of a request, which determines its cost.</summary>
enum BudgetKind
{
    Read,

    /// <summary>Creates content, which has separate limits.</summary>
    Create,
}
