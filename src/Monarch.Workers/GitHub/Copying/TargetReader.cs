using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>Finds copies of source issues in a target by their markers.</summary>
static class TargetReader
{
    // More unlisted issues than these are not requested one by one: the listing is read again.
    const int MaxUnlisted = 10;
    const int MaxDeleted = 500;

    static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    /// <summary>The copies on a page, as source and target issue numbers; the first of several copies of one issue.</summary>
    public static Dictionary<int, int> Copies(IssuePage page, LedgerKey key)
    {
        var copies = new Dictionary<int, int>();
        foreach (var issue in page.Issues)
        {
            if (CopyOf(issue, key.SourceRepositoryId) is { } number)
            {
                copies.TryAdd(number, issue.Number);
            }
        }

        return copies;
    }

    /// <summary>
    /// Searches for the copy of one issue that an attempt begun at <paramref name="began"/> may have created. The listing may lag behind
    /// or be empty, so issues newer than the listed ones are requested by number. No single answer proves that there is none: for ten
    /// minutes an empty listing must agree with GitHub's count and with the known copies, and a 404 must be repeated.
    /// </summary>
    /// <param name="gitHub">The target's client.</param>
    /// <param name="key">The source and the target.</param>
    /// <param name="number">The issue's number in the source.</param>
    /// <param name="began">When the attempt began (UTC).</param>
    /// <param name="now">The present time (UTC).</param>
    /// <param name="newestKnown">The highest number of a known copy in the target; 0 without one.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The copy; null when none exists, or when the listing is behind and must be read again.</returns>
    public static async Task<(Issue? Found, bool IsBehind)> FindCopyAsync(
        GitHubClient gitHub,
        LedgerKey key,
        int number,
        DateTimeOffset began,
        DateTimeOffset now,
        int newestKnown,
        CancellationToken cancellationToken
    )
    {
        var newest = 0;
        await foreach (var page in gitHub.ListIssuesAsync(key.TargetRepositoryId, IssueOrder.NewestFirst, cancellationToken))
        {
            foreach (var issue in page.Issues)
            {
                if (CopyOf(issue, key.SourceRepositoryId) == number)
                {
                    return (issue, false);
                }

                newest = Math.Max(newest, issue.Number);
            }

            // Ten minutes tolerate a difference of the clocks.
            if (page.Issues is [.., var oldest] && oldest.CreatedAt < began - LookBack)
            {
                break;
            }
        }

        // GitHub may count issues that it never lists, such as those of hidden accounts, so this is bounded.
        if (newest == 0 && now - began < LookBack && await HasIssuesAsync(gitHub, key, newestKnown, cancellationToken))
        {
            return (null, true);
        }

        var next = (newest == 0 || newestKnown - newest > MaxUnlisted ? Math.Max(newest, newestKnown) : newest) + 1;
        for (var (unlisted, deleted) = (0, 0); unlisted < MaxUnlisted && deleted < MaxDeleted; next++)
        {
            var (issue, status) = await gitHub.FindIssueAsync(key.TargetRepositoryId, next, cancellationToken);
            if (status == 404 && next > newestKnown)
            {
                (issue, status) = await gitHub.FindIssueAsync(key.TargetRepositoryId, next, cancellationToken);
                if (status == 404)
                {
                    return (null, false);
                }
            }

            if (issue is not null && CopyOf(issue, key.SourceRepositoryId) == number)
            {
                return (issue, false);
            }

            _ = issue is null ? deleted++ : unlisted++;
        }

        return (null, true);
    }

    /// <summary>Whether a target whose listing is empty has issues all the same.</summary>
    static async Task<bool> HasIssuesAsync(GitHubClient gitHub, LedgerKey key, int newestKnown, CancellationToken cancellationToken) =>
        (await gitHub.GetRepositoryAsync(key.TargetRepositoryId, cancellationToken)).OpenIssuesCount > 0
        || (newestKnown > 0 && (await gitHub.FindIssueAsync(key.TargetRepositoryId, newestKnown, cancellationToken)).Issue is not null);

    static int? CopyOf(Issue issue, long sourceRepositoryId) =>
        issue.IsPullRequest ? null : Marker.Find(issue.Body, sourceRepositoryId)?.IssueNumber;
}
