namespace Monarch.Workers.GitHub.Budgets;

/// <summary>Asks for the permission to send a request.</summary>
/// <param name="Account">The account; GitHub's limits apply to all its tokens together.</param>
/// <param name="Kind">The kind of the request.</param>
/// <param name="Reservation">
/// Identifies the issue to create, and its place in the queue while it waits. Null for a read.
/// </param>
sealed record BudgetRequest(string Account, BudgetKind Kind, string? Reservation = null);
