using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Ledgers;
using Monarch.Workers.GitHub.Text;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>Reads in a target which source issues it holds copies of, by their markers.</summary>
static class TargetReader
{
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

    /// <summary>The copy of one issue that an attempt which began then may have made; null when there is none.</summary>
    public static async Task<int?> FindCopyAsync(
        GitHubClient gitHub, LedgerKey pair, int number, DateTimeOffset began, CancellationToken cancellationToken)
    {
        await foreach (var page in gitHub.ListIssuesAsync(pair.TargetRepositoryId, IssueOrder.NewestFirst, cancellationToken))
        {
            foreach (var issue in page.Issues)
            {
                if (CopyOf(issue, pair.SourceRepositoryId) == number)
                {
                    return issue.Number;
                }
            }

            // Ten minutes allow for two clocks that disagree.
            if (page.Issues is [.., var oldest] && oldest.CreatedAt < began - LookBack)
            {
                return null;
            }
        }

        return null;
    }

    static int? CopyOf(Issue issue, long sourceRepositoryId) =>
        issue.IsPullRequest ? null : Marker.Find(issue.Body, sourceRepositoryId)?.IssueNumber;
}
