using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Text;

namespace Monarch.Workers.GitHub.Targets;

/// <summary>Reads in a target which source issues it holds copies of, by their markers.</summary>
sealed class TargetReader(GitHubClient gitHub)
{
    static readonly TimeSpan LookBack = TimeSpan.FromMinutes(10);

    /// <summary>Every copy, as source issue number and target issue number.</summary>
    public async Task<IReadOnlyDictionary<int, int>> ReadCopiesAsync(
        RepositoryReference target, long sourceRepositoryId, CancellationToken cancellationToken)
    {
        var copies = new Dictionary<int, int>();
        await foreach (var page in gitHub.ListIssuesAsync(target, IssueOrder.OldestFirst, cancellationToken))
        {
            foreach (var issue in page)
            {
                if (CopyOf(issue, sourceRepositoryId) is { } number)
                {
                    copies.TryAdd(number, issue.Number);
                }
            }
        }

        return copies;
    }

    /// <summary>The copy of one issue that an attempt which began then may have made; null when there is none.</summary>
    public async Task<int?> FindCopyAsync(
        RepositoryReference target, long sourceRepositoryId, int number, DateTimeOffset began, CancellationToken cancellationToken)
    {
        await foreach (var page in gitHub.ListIssuesAsync(target, IssueOrder.NewestFirst, cancellationToken))
        {
            foreach (var issue in page)
            {
                if (CopyOf(issue, sourceRepositoryId) == number)
                {
                    return issue.Number;
                }
            }

            // Ten minutes allow for two clocks that disagree.
            if (page is [.., var oldest] && oldest.CreatedAt < began - LookBack)
            {
                return null;
            }
        }

        return null;
    }

    static int? CopyOf(Issue issue, long sourceRepositoryId) =>
        !issue.IsPullRequest && Marker.TryRead(issue.Body, out var marker) && marker.SourceRepositoryId == sourceRepositoryId
            ? marker.IssueNumber
            : null;
}
