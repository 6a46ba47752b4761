namespace Monarch.Workers.GitHub.Budgets;

/// <summary>A request that is to be made.</summary>
/// <param name="Account">GitHub's limits are this account's, whatever its tokens are.</param>
/// <param name="Kind">What it costs.</param>
/// <param name="Reservation">
/// Names what is to be created. Who has to wait keeps a place in the queue under this name, and finds it again by it. Null for a read.
/// </param>
sealed record BudgetRequest(string Account, BudgetKind Kind, string? Reservation = null);
