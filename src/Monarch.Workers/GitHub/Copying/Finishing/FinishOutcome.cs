using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>The outcome of finishing a slice.</summary>
abstract record FinishOutcome
{
    FinishOutcome() { }

    /// <summary>The first <paramref name="Count"/> issues of the slice are finished.</summary>
    /// <param name="Count">How many.</param>
    /// <param name="EndedBy">Why the slice ended early; null when it did not.</param>
    internal sealed record Finished(int Count, Failure? EndedBy) : FinishOutcome;

    /// <summary>The snapshot is missing or incomplete.</summary>
    internal sealed record SnapshotLost : FinishOutcome;

    /// <summary>The ledger has lost what it knew of the target: an issue without an entry may have a copy.</summary>
    internal sealed record TargetUnread : FinishOutcome;
}
