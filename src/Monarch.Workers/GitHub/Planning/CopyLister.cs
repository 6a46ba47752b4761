using Monarch.Contracts.DryRuns;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>Lists the copies in a target, a number of pages in each command.</summary>
sealed class CopyLister(IListedCopiesStore store, ILedger ledger)
{
    /// <summary>Of one command: a fraction of the 900 points per minute that all commands share.</summary>
    internal const int MaxPages = 20;

    /// <returns>The copies; null when the limit of one command was reached: the next one continues.</returns>
    public async Task<ListedCopies?> ListAsync(GitHubClient gitHub, PlanTarget command, LedgerKey key, CancellationToken cancellationToken)
    {
        var recorded = await ledger.GetCreatedAsync(key, cancellationToken);
        var listed = await store.FindAsync(command.DryRunId, command.TargetIndex, cancellationToken) ?? new();
        if (!listed.IsComplete)
        {
            await ReadAsync(gitHub, command, key, listed, [.. recorded.Values], cancellationToken);
        }

        if (!listed.IsComplete)
        {
            return null;
        }

        foreach (var (number, copy) in recorded)
        {
            // What the ledger records is not created again, whether it is listed or not, except for deleted copies on request.
            if (!command.Recreate || listed.Known.Contains(copy))
            {
                listed.Copies.TryAdd(number, new(copy));
            }
        }

        return listed;
    }

    async Task ReadAsync(
        GitHubClient gitHub,
        PlanTarget command,
        LedgerKey key,
        ListedCopies listed,
        HashSet<int> recorded,
        CancellationToken cancellationToken
    )
    {
        var (pages, open) = (0, 0);
        var listing =
            listed.Page is { } from && gitHub.IsOwn(from)
                ? gitHub.ListIssuesAsync(new Uri(from), cancellationToken)
                : gitHub.ListIssuesAsync(key.TargetRepositoryId, IssueOrder.OldestFirst, cancellationToken);
        try
        {
            await foreach (var page in listing.WithCancellation(cancellationToken))
            {
                // The page where the last command stopped is read once more.
                (listed.PagesBefore, listed.OpenBefore) = (listed.PagesBefore + Math.Min(pages, 1), listed.OpenBefore + open);
                (listed.Page, open, pages) = (page.Tag.Address.ToString(), page.Issues.Count(issue => issue.IsOpen), pages + 1);
                foreach (var issue in page.Issues)
                {
                    Add(listed, issue, key.SourceRepositoryId, recorded);
                }

                listed.IsComplete = page.IsLast;
                if (pages >= MaxPages)
                {
                    break;
                }
            }
        }
        finally
        {
            if (listed.IsComplete)
            {
                (listed.PagesBefore, listed.OpenBefore) = (listed.PagesBefore + 1, listed.OpenBefore + open);
            }

            // Also when the budget interrupts it.
            if (pages > 0)
            {
                await store.SetAsync(command.DryRunId, command.TargetIndex, listed, CancellationToken.None);
            }
        }
    }

    static void Add(ListedCopies listed, Issue issue, long sourceRepositoryId, HashSet<int> recorded)
    {
        if (recorded.Contains(issue.Number))
        {
            listed.Known.Add(issue.Number);
        }

        if (!issue.IsPullRequest && Marker.Find(issue.Body, sourceRepositoryId) is { } marker)
        {
            listed.Copies.TryAdd(marker.IssueNumber, ListedCopy.Of(issue));
        }
    }
}
