namespace Monarch.Workers.GitHub.Budgets;

/// <summary>What the budget says to a request.</summary>
abstract record BudgetAnswer
{
    BudgetAnswer()
    {
    }

    /// <summary>Go now.</summary>
    internal sealed record Granted(BudgetGrant Grant) : BudgetAnswer;

    /// <summary>Not yet.</summary>
    /// <param name="Time">How long until it is worth asking again; a creation keeps its place until then, and for a while after.</param>
    /// <param name="Reason">What there is to wait for.</param>
    /// <param name="Status">The status with which GitHub refused a request, when that is why; else null: nobody has refused anything.</param>
    internal sealed record Wait(TimeSpan Time, BudgetReason Reason, int? Status) : BudgetAnswer;
}
