using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Snapshots;
using Monarch.Workers.Migrations;

namespace Monarch.Workers.GitHub.Sources;

/// <summary>Reads the open issues of a source into a snapshot.</summary>
sealed class SourceReader(ISnapshots snapshots, SharedClock clock, ILogger<SourceReader> logger)
{
    public async Task<Snapshot> ReadAsync(GitHubClient gitHub, Repository source, CancellationToken cancellationToken)
    {
        // By the clock that all workers share: it decides which of two readings is the later one.
        var readAt = clock.UtcNow;
        if (await FindUnchangedAsync(gitHub, source.Id, cancellationToken) is { } known)
        {
            await snapshots.SetListingAsync(source.Id, known, cancellationToken);
            logger.SourceUnchanged(source.FullName, known.IssueCount, known.SnapshotId);
            return new(known.SnapshotId, readAt, known.IssueCount);
        }

        List<PageTag> pages = [];
        var snapshot = await ListAsync();
        for (var listings = 1; listings < GitHubClient.MostListings && !await gitHub.FitAsync(pages, cancellationToken); listings++)
        {
            (pages, readAt) = ([], clock.UtcNow);
            snapshot = await ListAsync();
        }

        await snapshots.SetListingAsync(source.Id, new(snapshot.Id, snapshot.IssueCount, pages), cancellationToken);
        logger.SourceRead(source.FullName, snapshot.IssueCount, snapshot.Id);
        return snapshot;

        Task<Snapshot> ListAsync() =>
            snapshots.WriteAsync(source.Id, readAt, OpenIssuesAsync(gitHub, source, pages, cancellationToken), cancellationToken);
    }

    async Task<SourceListing?> FindUnchangedAsync(GitHubClient gitHub, long repositoryId, CancellationToken cancellationToken)
    {
        if (await snapshots.FindListingAsync(repositoryId, cancellationToken) is not { } listing)
        {
            return null;
        }

        foreach (var page in listing.Pages)
        {
            if (!await gitHub.IsUnchangedAsync(page, cancellationToken))
            {
                return null;
            }
        }

        return listing;
    }

    // The client lists all states: a listing of the open ones shifts when an issue is closed between two pages.
    static async IAsyncEnumerable<IReadOnlyList<SnapshotIssue>> OpenIssuesAsync(
        GitHubClient gitHub, Repository source, List<PageTag> pages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in gitHub.ListIssuesAsync(source.Id, IssueOrder.OldestFirst, cancellationToken))
        {
            pages.Add(page.Tag);
            yield return
            [
                .. page.Issues.Where(issue => issue.IsOpen && !issue.IsPullRequest)
                    .Select(issue => new SnapshotIssue(issue.Number, issue.Title, issue.Body, issue.HtmlUrl ?? $"{source.FullName}#{issue.Number}", issue.Unreadable)),
            ];
        }
    }
}
