namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>One attempt at creating one issue.</summary>
/// <param name="Key">The pair.</param>
/// <param name="Number">The number in the source.</param>
/// <param name="Owner">Unique to this attempt.</param>
sealed record LedgerAttempt(LedgerKey Key, int Number, string Owner);
