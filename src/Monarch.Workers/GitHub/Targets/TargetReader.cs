using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Ledgers;
using Monarch.Workers.GitHub.Text;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>Reads in a target which source issues it holds copies of, by their markers.</summary>
static class TargetReader
{
    const int MostUnlisted = 10;

    static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    /// <summary>The copies on a page, as source and target issue numbers; of several copies of one issue the first.</summary>
    public static Dictionary<int, int> Copies(IssuePage page, LedgerKey pair)
    {
        var copies = new Dictionary<int, int>();
        foreach (var issue in page.Issues)
        {
            if (CopyOf(issue, pair.SourceRepositoryId) is { } number)
            {
                copies.TryAdd(number, issue.Number);
            }
        }

        return copies;
    }

    /// <summary>
    /// Searches for the copy of one issue that an attempt which began then may have made. The listing may lag behind, or be empty for once,
    /// so what is newer than all that it shows is asked for by its number.
    /// </summary>
    /// <returns>The copy's number; null when there is none, or when so much is newer that the listing has to be read again.</returns>
    public static async Task<(int? Found, bool IsBehind)> FindCopyAsync(
        GitHubClient gitHub, LedgerKey pair, int number, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var newest = 0;
        await foreach (var page in gitHub.ListIssuesAsync(pair.TargetRepositoryId, IssueOrder.NewestFirst, cancellationToken))
        {
            foreach (var issue in page.Issues)
            {
                if (CopyOf(issue, pair.SourceRepositoryId) == number)
                {
                    return (issue.Number, false);
                }

                newest = Math.Max(newest, issue.Number);
            }

            // Ten minutes allow for two clocks that disagree.
            if (page.Issues is [.., var oldest] && oldest.CreatedAt < began - LookBack)
            {
                break;
            }
        }

        for (var next = newest + 1; next <= newest + MostUnlisted; next++)
        {
            var (issue, status) = await gitHub.FindIssueAsync(pair.TargetRepositoryId, next, cancellationToken);
            if (status == 404)
            {
                return (null, false);
            }

            if (issue is not null && CopyOf(issue, pair.SourceRepositoryId) == number)
            {
                return (next, false);
            }
        }

        return (null, true);
    }

    static int? CopyOf(Issue issue, long sourceRepositoryId) =>
        issue.IsPullRequest ? null : Marker.Find(issue.Body, sourceRepositoryId)?.IssueNumber;
}
