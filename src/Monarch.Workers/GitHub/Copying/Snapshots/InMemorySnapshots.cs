using System.Collections.Concurrent;
using System.Text.Json;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>The snapshots of a single process, lost when it ends.</summary>
sealed class InMemorySnapshots : ISnapshots
{
    readonly ConcurrentDictionary<string, IReadOnlyList<SnapshotIssue>> _snapshots = new();
    readonly ConcurrentDictionary<long, SourceListing> _listings = new();

    public async Task<Snapshot> WriteAsync(
        long repositoryId,
        DateTimeOffset readAt,
        IAsyncEnumerable<IReadOnlyList<SnapshotIssue>> pages,
        CancellationToken cancellationToken
    )
    {
        using var digest = new SnapshotDigest(repositoryId);
        var issues = new List<SnapshotIssue>();
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            foreach (var issue in page)
            {
                digest.Add(JsonSerializer.SerializeToUtf8Bytes(issue, SnapshotJson.Default.SnapshotIssue));
                issues.Add(issue);
            }
        }

        var snapshot = digest.Close(readAt);
        _snapshots[snapshot.Id] = issues;
        return snapshot;
    }

    public Task<IReadOnlyList<SnapshotIssue>?> ReadAsync(string snapshotId, int from, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SnapshotIssue>?>(
            _snapshots.TryGetValue(snapshotId, out var issues) ? [.. issues.Skip(from).Take(count)] : null
        );

    public Task SetListingAsync(long repositoryId, SourceListing listing, CancellationToken cancellationToken)
    {
        _listings[repositoryId] = listing;
        return Task.CompletedTask;
    }

    public Task<SourceListing?> FindListingAsync(long repositoryId, CancellationToken cancellationToken) =>
        Task.FromResult(
            _listings.TryGetValue(repositoryId, out var listing) && _snapshots.ContainsKey(listing.SnapshotId) ? listing : null
        );
}
