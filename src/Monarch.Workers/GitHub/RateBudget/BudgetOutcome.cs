namespace Monarch.Workers.GitHub.RateBudget;

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

/// <summary>The outcome of a granted request.</summary>
enum BudgetEnd
{
    /// <summary>The request succeeded, so GitHub accepts the pace.</summary>
    Answered,

    /// <summary>GitHub declined the request for a reason unrelated to the pace.</summary>
    Declined,

    /// <summary>GitHub refused the request because of a rate limit.</summary>
    Refused,

    /// <summary>A time-out, a 5xx or a lost connection: the request may have been carried out.</summary>
    Failed,

    /// <summary>GitHub could not be reached.</summary>
    Unreached,

    /// <summary>The request was not sent.</summary>
    Void,
}
