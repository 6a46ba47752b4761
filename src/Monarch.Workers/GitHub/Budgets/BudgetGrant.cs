namespace Monarch.Workers.GitHub.Budgets;

/// <summary>The permission to send one request now.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kind">The kind of the request.</param>
/// <param name="Id">A unique id.</param>
/// <param name="GrantedAt">The time of the grant (UTC, by the budget's clock).</param>
/// <param name="MinuteLevel">The creations of the last minute, including this one; zero for a read or without a cap.</param>
/// <param name="HourLevel">The creations of the last hour, likewise.</param>
sealed record BudgetGrant(string Account, BudgetKind Kind, string Id, DateTimeOffset GrantedAt, int MinuteLevel, int HourLevel);
