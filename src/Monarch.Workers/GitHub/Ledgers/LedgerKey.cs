namespace Monarch.Workers.GitHub.Ledgers;

/// <summary>Identifies the ledger of a source and a target by GitHub's numeric ids.</summary>
/// <param name="SourceRepositoryId">The id of the source.</param>
/// <param name="TargetRepositoryId">The id of the target.</param>
/// <param name="Pass">
/// The pass of the rejections, which are kept per pass; all other entries are shared by all passes. Null for a pass that an earlier
/// version began.
/// </param>
readonly record struct LedgerKey(long SourceRepositoryId, long TargetRepositoryId, Guid? Pass = null)
{
    /// <summary>The key of the entries that all passes share.</summary>
    public LedgerKey AllPasses => this with { Pass = null };
}
