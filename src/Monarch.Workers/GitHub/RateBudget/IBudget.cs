namespace Monarch.Workers.GitHub.RateBudget;

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

/// <summary>Asks for the permission to send a request.</summary>
/// <param name="Account">The account; GitHub's limits apply to all its tokens together.</param>
/// <param name="Kind">The kind of the request.</param>
/// <param name="Reservation">
/// Identifies the issue to create, and its place in the queue while it waits. Null for a read.
/// </param>
sealed record BudgetRequest(string Account, BudgetKind Kind, string? Reservation = null);

/// <summary>The kind of a request, which determines its cost.</summary>
enum BudgetKind
{
    Read,

    /// <summary>Creates content, which has separate limits.</summary>
    Create,

    /// <summary>Changes something, without creating content.</summary>
    Write,
}
