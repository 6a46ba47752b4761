namespace Monarch.Workers.GitHub.Budgets;

/// <summary>Leave to make one request now.</summary>
/// <param name="Account">Whose leave it is.</param>
/// <param name="Kind">What it costs.</param>
/// <param name="Id">Unique to it.</param>
/// <param name="GrantedAt">When it was given (UTC, by the budget's clock).</param>
/// <param name="MinuteLevel">The creations of the last minute by then, this one among them; zero for a read or where the minute has no cap.</param>
/// <param name="HourLevel">The same of the last hour.</param>
sealed record BudgetGrant(string Account, BudgetKind Kind, string Id, DateTimeOffset GrantedAt, int MinuteLevel, int HourLevel);
