using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Snapshots;

namespace Monarch.Workers.GitHub.Sources;

/// <summary>Reads the open issues of a source into a snapshot.</summary>
sealed class SourceReader(GitHubClient gitHub, ISnapshots snapshots, TimeProvider time, ILogger<SourceReader> logger)
{
    public async Task<Snapshot> ReadAsync(long repositoryId, string fullName, CancellationToken cancellationToken)
    {
        var snapshot = await snapshots.WriteAsync(repositoryId, time.GetUtcNow(), OpenIssuesAsync(repositoryId, cancellationToken), cancellationToken);
        logger.SourceRead(fullName, snapshot.IssueCount, snapshot.Id);
        return snapshot;
    }

    // The client lists all states: a listing of the open ones shifts when an issue is closed between two pages.
    async IAsyncEnumerable<IReadOnlyList<SnapshotIssue>> OpenIssuesAsync(
        long repositoryId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in gitHub.ListIssuesAsync(repositoryId, IssueOrder.OldestFirst, cancellationToken))
        {
            yield return
            [
                .. page.Where(issue => issue.IsOpen && !issue.IsPullRequest)
                    .Select(issue => new SnapshotIssue(issue.Number, issue.Title, issue.Body, issue.HtmlUrl)),
            ];
        }
    }
}
