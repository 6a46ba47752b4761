namespace Monarch.Workers.GitHub.Snapshots;

/// <summary>Stores snapshots for a week after their last use.</summary>
interface ISnapshots
{
    /// <summary>Writes a snapshot page by page; it exists once it is complete.</summary>
    Task<Snapshot> WriteAsync(
        long repositoryId, DateTimeOffset readAt, IAsyncEnumerable<IReadOnlyList<SnapshotIssue>> pages, CancellationToken cancellationToken);

    /// <summary>Reads a range of issues of a snapshot.</summary>
    /// <returns>Fewer than <paramref name="count"/> at the end; null when the snapshot is missing or incomplete.</returns>
    Task<IReadOnlyList<SnapshotIssue>?> ReadAsync(string snapshotId, int from, int count, CancellationToken cancellationToken);

    /// <summary>Stores the pages of the newest snapshot of a source, as long as the snapshot.</summary>
    Task SetListingAsync(long repositoryId, SourceListing listing, CancellationToken cancellationToken);

    /// <returns>Null without a listing, or when its snapshot is missing or incomplete.</returns>
    Task<SourceListing?> FindListingAsync(long repositoryId, CancellationToken cancellationToken);
}
