namespace Monarch.Workers.GitHub.Budgets;

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
