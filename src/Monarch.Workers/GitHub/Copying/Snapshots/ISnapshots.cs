using Monarch.Contracts.GitHub;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>Stores snapshots for a week after their last use.</summary>
interface ISnapshots
{
    /// <summary>Writes a snapshot page by page; it exists once it is complete.</summary>
    Task<Snapshot> WriteAsync(
        long repositoryId,
        DateTimeOffset readAt,
        IAsyncEnumerable<SnapshotPage> pages,
        CancellationToken cancellationToken
    );

    /// <summary>Reads a range of issues of a snapshot.</summary>
    /// <returns>Fewer than <paramref name="count"/> at the end; null when the snapshot is missing or incomplete.</returns>
    Task<IReadOnlyList<SnapshotIssue>?> ReadAsync(string snapshotId, int from, int count, CancellationToken cancellationToken);

    /// <summary>What the issues of a snapshot have.</summary>
    /// <returns>Null when the snapshot is missing or was written by an earlier version.</returns>
    Task<SnapshotFields?> FindFieldsAsync(string snapshotId, CancellationToken cancellationToken);

    /// <summary>Stores the pages of the newest snapshot of a source and a selection, as long as the snapshot.</summary>
    Task SetListingAsync(ListingKey key, SourceListing listing, CancellationToken cancellationToken);

    /// <returns>Null without a listing, or when its snapshot is missing or incomplete.</returns>
    Task<SourceListing?> FindListingAsync(ListingKey key, CancellationToken cancellationToken);
}

/// <summary>Identifies a listing.</summary>
/// <param name="RepositoryId">The source.</param>
/// <param name="Selection">The <see cref="SelectedIssues.Key"/>.</param>
readonly record struct ListingKey(long RepositoryId, string Selection);

/// <summary>The selected issues of a source at one time, in the source's order.</summary>
/// <param name="Id">Derived from the content: an unchanged source has the same id.</param>
/// <param name="ReadAt">When the reading began (UTC).</param>
/// <param name="IssueCount">The number of issues.</param>
/// <param name="NeedsFinishing">Whether the copies need a second pass.</param>
sealed record Snapshot(string Id, DateTimeOffset ReadAt, int IssueCount, bool NeedsFinishing = false);

/// <summary>The pages of GitHub that a snapshot was made from: it remains valid while none of them has changed.</summary>
/// <param name="SnapshotId">The snapshot.</param>
/// <param name="IssueCount">The number of issues in the snapshot.</param>
/// <param name="Pages">The pages in order.</param>
/// <param name="Open">The open issues and pull requests on the pages; null when read by an earlier version.</param>
/// <param name="Doubt">Set while the listing may be incomplete; otherwise null.</param>
/// <param name="NeedsFinishing">Whether the copies need a second pass.</param>
sealed record SourceListing(
    string SnapshotId,
    int IssueCount,
    IReadOnlyList<PageTag> Pages,
    int? Open = null,
    UnconfirmedListing? Doubt = null,
    bool NeedsFinishing = false
);
