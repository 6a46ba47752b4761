namespace Monarch.Workers.GitHub.Budgets;

/// <summary>The answer to a budget request.</summary>
abstract record BudgetAnswer
{
    BudgetAnswer()
    {
    }

    /// <summary>The request may be sent now.</summary>
    internal sealed record Granted(BudgetGrant Grant) : BudgetAnswer;

    /// <summary>The request must wait.</summary>
    /// <param name="Time">The time until the next try; a creation keeps its place until then and for a grace period.</param>
    /// <param name="Reason">The reason for the wait.</param>
    /// <param name="Status">The status of GitHub's refusal when that is the reason; otherwise null.</param>
    internal sealed record Wait(TimeSpan Time, BudgetReason Reason, int? Status) : BudgetAnswer;
}
