namespace Monarch.Workers.GitHub.Budgets;

/// <summary>A grant, and the time of its request by this process' monotonic clock, which shows whether the lease has expired.</summary>
sealed record Admission(BudgetGrant Grant, long AskedAt);
