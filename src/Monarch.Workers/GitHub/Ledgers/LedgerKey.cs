namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>Names a pair's ledger by GitHub's numeric ids.</summary>
readonly record struct LedgerKey(long SourceRepositoryId, long TargetRepositoryId);
