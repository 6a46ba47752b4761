using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Snapshots;

/// <summary>The pages of GitHub that a snapshot was made from: it remains valid while none of them has changed.</summary>
/// <param name="SnapshotId">The snapshot.</param>
/// <param name="IssueCount">The number of issues in the snapshot.</param>
/// <param name="Pages">The pages in order.</param>
/// <param name="Open">The open issues and pull requests on the pages; null when read by an earlier version.</param>
/// <param name="Doubt">Set while the listing may be incomplete; otherwise null.</param>
sealed record SourceListing(string SnapshotId, int IssueCount, IReadOnlyList<PageTag> Pages, int? Open = null, UnconfirmedListing? Doubt = null);
