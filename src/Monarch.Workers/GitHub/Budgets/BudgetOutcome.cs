namespace Monarch.Workers.GitHub.Budgets;

/// <summary>What a request's end tells of GitHub's limits. Every span is by GitHub's clock: how clocks differ plays no part.</summary>
/// <param name="End">How it ended.</param>
sealed record BudgetOutcome(BudgetEnd End)
{
    /// <summary>How long GitHub wants us to wait; null when it named no time.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Whether the requests of the hour were used up, of which the headers tell, and not a secondary limit.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>The status of a refusal.</summary>
    public int? Status { get; init; }

    /// <summary>The requests that are left of the hour; null when the answer did not say.</summary>
    public int? Remaining { get; init; }

    /// <summary>How long until there are all again; null when the answer did not say.</summary>
    public TimeSpan? ResetsIn { get; init; }
}
