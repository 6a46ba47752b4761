namespace Monarch.Workers.GitHub.Budgets;

/// <summary>A grant, and when it was asked for by this process' monotonic clock: by it one sees whether the lease still lasts.</summary>
sealed record Admission(BudgetGrant Grant, long AskedAt);
