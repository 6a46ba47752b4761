using System.Collections.Concurrent;
using System.Text.Json;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>The snapshots of a single process, lost when it ends.</summary>
sealed class InMemorySnapshots : ISnapshots
{
    readonly ConcurrentDictionary<string, (IReadOnlyList<SnapshotIssue> Issues, SnapshotFields Fields)> _snapshots = new();
    readonly ConcurrentDictionary<ListingKey, SourceListing> _listings = new();

    public async Task<Snapshot> WriteAsync(
        long repositoryId,
        DateTimeOffset readAt,
        IAsyncEnumerable<SnapshotPage> pages,
        CancellationToken cancellationToken
    )
    {
        using var digest = new SnapshotDigest(repositoryId);
        var (issues, fields) = (new List<SnapshotIssue>(), new SnapshotFieldCollector());
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            digest.Add(page.Closed);
            fields.Add(page.Closed);
            foreach (var issue in page.Issues)
            {
                digest.Add(JsonSerializer.SerializeToUtf8Bytes(issue, SnapshotJson.Default.SnapshotIssue));
                issues.Add(issue);
                fields.Add(issue);
            }
        }

        var snapshot = digest.Close(readAt);
        _snapshots[snapshot.Id] = (issues, fields.Fields);
        return snapshot;
    }

    public Task<IReadOnlyList<SnapshotIssue>?> ReadAsync(string snapshotId, int from, int count, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SnapshotIssue>?>(
            _snapshots.TryGetValue(snapshotId, out var snapshot) ? [.. snapshot.Issues.Skip(from).Take(count)] : null
        );

    public Task<SnapshotFields?> FindFieldsAsync(string snapshotId, CancellationToken cancellationToken) =>
        Task.FromResult(_snapshots.TryGetValue(snapshotId, out var snapshot) ? snapshot.Fields : null);

    public Task SetListingAsync(ListingKey key, SourceListing listing, CancellationToken cancellationToken)
    {
        _listings[key] = listing;
        return Task.CompletedTask;
    }

    public Task<SourceListing?> FindListingAsync(ListingKey key, CancellationToken cancellationToken) =>
        Task.FromResult(_listings.TryGetValue(key, out var listing) && _snapshots.ContainsKey(listing.SnapshotId) ? listing : null);
}
