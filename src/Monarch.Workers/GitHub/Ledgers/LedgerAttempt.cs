namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>One attempt to create one issue.</summary>
/// <param name="Key">The source and the target.</param>
/// <param name="Number">The number in the source.</param>
/// <param name="Owner">Unique to this attempt.</param>
sealed record LedgerAttempt(LedgerKey Key, int Number, string Owner);
