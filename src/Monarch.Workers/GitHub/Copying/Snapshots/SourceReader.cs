using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Contracts.GitHub;
using Monarch.Workers.Clocks;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>Reads the selected issues of a source into a snapshot.</summary>
sealed class SourceReader(
    ISnapshots snapshots,
    SharedClock clock,
    TimeProvider time,
    IOptions<LedgerOptions> options,
    ILogger<SourceReader> logger
)
{
    /// <returns>
    /// The snapshot; and a failure with the time of the next reading when GitHub lists fewer issues than it counts, so that the snapshot
    /// must not be used yet.
    /// </returns>
    public async Task<(Snapshot Snapshot, Failure? NotYet)> ReadAsync(
        GitHubClient gitHub,
        Repository source,
        SelectedIssues selected,
        CancellationToken cancellationToken
    )
    {
        var key = new ListingKey(source.Id, selected.Key);
        // The clock that all workers share orders two readings.
        var readAt = clock.UtcNow;
        var known = await snapshots.FindListingAsync(key, cancellationToken);
        var isUnchanged = known is not null && await IsUnchangedAsync(gitHub, known, cancellationToken);
        var (listing, isComplete) = (known, true);
        if (listing is null || !isUnchanged)
        {
            (listing, readAt, isComplete) = await ListAsync(gitHub, source, selected, cancellationToken);
        }

        var doubt = await DoubtAsync(gitHub, source, listing, known?.Doubt, cancellationToken);
        // A listing that lacks comments is read again by the next migration.
        if (isComplete)
        {
            await snapshots.SetListingAsync(key, listing with { Doubt = doubt }, cancellationToken);
        }

        var snapshot = new Snapshot(listing.SnapshotId, readAt, listing.IssueCount, listing.NeedsFinishing);
        if (doubt is not null && !doubt.IsOver(clock.UtcNow, options.Value.Settle))
        {
            var notYet = doubt.NotYet(source.FullName, listing.Open!.Value, options.Value.Settle, time.GetUtcNow());
            logger.ListingDoubted(source.FullName, notYet.Message);
            return (snapshot, notYet);
        }

        if (doubt is not null)
        {
            logger.ListingBelieved(source.FullName, listing.Open!.Value, doubt.Counted, doubt.Times);
        }

        if (isUnchanged)
        {
            logger.SourceUnchanged(source.FullName, listing.IssueCount, listing.SnapshotId);
        }
        else
        {
            logger.SourceRead(source.FullName, listing.IssueCount, listing.SnapshotId);
        }

        return (snapshot, null);
    }

    async Task<(SourceListing Listing, DateTimeOffset ReadAt, bool IsComplete)> ListAsync(
        GitHubClient gitHub,
        Repository source,
        SelectedIssues selected,
        CancellationToken cancellationToken
    )
    {
        for (var listings = 1; ; listings++)
        {
            var (readAt, pages) = (clock.UtcNow, new Pages());
            var comments = selected.WithComments ? new SourceComments(gitHub, source) : null;
            var issues = SelectedIssuesAsync(gitHub, source, selected, comments, pages, cancellationToken);
            var snapshot = await snapshots.WriteAsync(source.Id, readAt, issues, cancellationToken);
            if (listings == GitHubClient.MaxListings || await gitHub.AreConsistentAsync(pages.Tags, cancellationToken))
            {
                return (
                    new(snapshot.Id, snapshot.IssueCount, pages.Tags, pages.Open, NeedsFinishing: pages.NeedsFinishing),
                    readAt,
                    comments?.IsBehind != true
                );
            }
        }
    }

    /// <summary>Null when the listing is complete: GitHub, queried once more, counts no more issues than it lists.</summary>
    async Task<UnconfirmedListing?> DoubtAsync(
        GitHubClient gitHub,
        Repository source,
        SourceListing listing,
        UnconfirmedListing? earlier,
        CancellationToken cancellationToken
    )
    {
        if (!(listing.Open < source.OpenIssuesCount))
        {
            return null;
        }

        var now = await gitHub.GetRepositoryAsync(source.Id, cancellationToken);
        return listing.Open < now.OpenIssuesCount
            ? ListingConfirmation.After(earlier, $"{listing.SnapshotId}:{listing.Open}", now.OpenIssuesCount.Value, clock.UtcNow)
            : null;
    }

    static async Task<bool> IsUnchangedAsync(GitHubClient gitHub, SourceListing listing, CancellationToken cancellationToken)
    {
        foreach (var page in listing.Pages)
        {
            if (!await gitHub.IsUnchangedAsync(page, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    // Lists all states: a listing of open issues shifts when an issue is closed between two pages.
    static async IAsyncEnumerable<SnapshotPage> SelectedIssuesAsync(
        GitHubClient gitHub,
        Repository source,
        SelectedIssues selected,
        SourceComments? comments,
        Pages pages,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var page in gitHub.ListIssuesAsync(source.Id, IssueOrder.OldestFirst, cancellationToken))
        {
            pages.Tags.Add(page.Tag);
            pages.Open += page.Issues.Count(issue => issue.IsOpen);
            var issues = new List<SnapshotIssue>();
            foreach (var issue in page.Issues.Where(selected.Contains))
            {
                var copied = await Relations.ReadAsync(gitHub, source, issue, comments, cancellationToken);
                pages.NeedsFinishing |= NeedsFinishing(copied, source);
                issues.Add(copied);
            }

            ClosedIssue[] closed =
            [
                .. page.Issues.Where(selected.ContainedOpen).Select(issue => new ClosedIssue(issue.Number, issue.StateReason)),
            ];
            pages.NeedsFinishing |= closed.Length > 0;
            yield return new(issues) { Closed = closed };
        }
    }

    static bool NeedsFinishing(SnapshotIssue issue, Repository source) =>
        issue.HasRelations
        || issue.IsClosed
        || issue.Comments is not null
        || CopiedBody.MayExceed(issue.Body)
        || IssueReferences.Of(issue, source.FullName).Count > 0;

    sealed class Pages
    {
        public List<PageTag> Tags { get; } = [];

        public int Open { get; set; }

        public bool NeedsFinishing { get; set; }
    }
}
