namespace Monarch.Workers.GitHub.Snapshots;

/// <summary>Keeps snapshots for a week after their last use.</summary>
interface ISnapshots
{
    /// <summary>Writes a snapshot page by page; it exists only once it is whole.</summary>
    Task<Snapshot> WriteAsync(
        long repositoryId, DateTimeOffset readAt, IAsyncEnumerable<IReadOnlyList<SnapshotIssue>> pages, CancellationToken cancellationToken);

    /// <summary>Some issues of a snapshot.</summary>
    /// <returns>Fewer than asked for at its end; null when the snapshot is gone or not whole.</returns>
    Task<IReadOnlyList<SnapshotIssue>?> ReadAsync(string snapshotId, int from, int count, CancellationToken cancellationToken);

    /// <summary>Keeps, as long as a snapshot, from which pages the newest one of a source was made.</summary>
    Task SetListingAsync(long repositoryId, SourceListing listing, CancellationToken cancellationToken);

    /// <returns>Null when there is none, or when its snapshot is gone or not whole.</returns>
    Task<SourceListing?> FindListingAsync(long repositoryId, CancellationToken cancellationToken);
}
