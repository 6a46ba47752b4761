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
/// Identifies what is created or changed, and its place in the queue while it waits. Null only for a read.
/// </param>
sealed record BudgetRequest(string Account, BudgetKind Kind, string? Reservation = null)
{
    /// <summary>Begins the places of <see cref="BudgetKind.Write"/>, since the creations behind them do not count them.</summary>
    public const string WritePrefix = "write:";

    /// <summary>The name of the place in the queue.</summary>
    public string Place => Kind == BudgetKind.Write ? WritePrefix + Reservation : Reservation ?? "";
}

/// <summary>The kind of a request, which determines its cost.</summary>
enum BudgetKind
{
    Read,

    /// <summary>Creates content (an issue or a comment), which has separate limits.</summary>
    Create,

    /// <summary>Changes something without creating content: a label, a milestone, an issue, a relation between issues.</summary>
    Write,
}
