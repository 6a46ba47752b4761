using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Snapshots;

/// <summary>From which pages of GitHub a snapshot was made: while none of them has changed, it need not be made again.</summary>
/// <param name="SnapshotId">The snapshot.</param>
/// <param name="IssueCount">How many issues it holds.</param>
/// <param name="Pages">The pages, in their order.</param>
/// <param name="Open">How many open issues and pull requests the pages held; null when an earlier version has read them.</param>
/// <param name="Doubt">What is doubted of it; null for nothing.</param>
sealed record SourceListing(string SnapshotId, int IssueCount, IReadOnlyList<PageTag> Pages, int? Open = null, UnconfirmedListing? Doubt = null);
