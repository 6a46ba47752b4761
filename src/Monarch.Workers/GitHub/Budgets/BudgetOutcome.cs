namespace Monarch.Workers.GitHub.Budgets;

/// <summary>
/// The outcome of a request with the limits in GitHub's answer. Time spans are by GitHub's clock, so clock differences have no effect.
/// </summary>
/// <param name="End">The outcome.</param>
sealed record BudgetOutcome(BudgetEnd End)
{
    /// <summary>The wait that GitHub asked for; null when it returned no time.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Whether the hourly request limit was reached, and not a secondary limit.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>The status of a refusal.</summary>
    public int? Status { get; init; }

    /// <summary>The remaining requests of the hour; null when unknown.</summary>
    public int? Remaining { get; init; }

    /// <summary>The time until the hourly limit resets; null when unknown.</summary>
    public TimeSpan? ResetsIn { get; init; }
}
