namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>The answer to a budget request.</summary>
abstract record BudgetAnswer
{
    BudgetAnswer() { }

    /// <summary>The request may be sent now.</summary>
    internal sealed record Granted(BudgetGrant Grant) : BudgetAnswer;

    /// <summary>The request must wait.</summary>
    /// <param name="Time">The time until the next try; a creation or a write keeps its place until then and for a grace period.</param>
    /// <param name="Reason">The reason for the wait.</param>
    /// <param name="Status">The status of GitHub's refusal when that is the reason; otherwise null.</param>
    internal sealed record Wait(TimeSpan Time, BudgetReason Reason, int? Status) : BudgetAnswer;
}

/// <summary>The permission to send one request now.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kind">The kind of the request.</param>
/// <param name="Id">A unique id.</param>
/// <param name="GrantedAt">The time of the grant (UTC, by the budget's clock).</param>
/// <param name="MinuteLevel">The creations of the last minute, including this one; zero for a read, a write or without a cap.</param>
/// <param name="HourLevel">The creations of the last hour, likewise.</param>
sealed record BudgetGrant(string Account, BudgetKind Kind, string Id, DateTimeOffset GrantedAt, int MinuteLevel, int HourLevel);
