namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>Names a pair's ledger by GitHub's numeric ids.</summary>
/// <param name="SourceRepositoryId">The source.</param>
/// <param name="TargetRepositoryId">The target.</param>
/// <param name="Pass">
/// The pass whose rejections are meant, so that those of an earlier one are never taken for its own; everything else is the pair's. Null for
/// one that an earlier version began.
/// </param>
readonly record struct LedgerKey(long SourceRepositoryId, long TargetRepositoryId, Guid? Pass = null)
{
    /// <summary>What all passes share.</summary>
    public LedgerKey Pair => this with { Pass = null };
}
