using System.Globalization;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>
/// Rebuilds sub-issues with their order, and dependencies, among the copies. It lists before it adds, and what GitHub refuses counts as done only
/// when the listing shows it.
/// </summary>
sealed class RelationFinisher
{
    /// <returns>The copies of sub-issues that the server does not offer: they become a task list.</returns>
    public async Task<IReadOnlyList<int>> FinishAsync(
        GitHubClient gitHub,
        IssuePlace place,
        SnapshotIssue issue,
        int number,
        IReadOnlyDictionary<int, int> copies,
        Notes notes,
        CancellationToken cancellationToken
    )
    {
        if (issue.Elsewhere is { } elsewhere)
        {
            notes.Add(
                NoteKind.Dropped,
                "relations",
                $"Related issues in other repositories are not copied, and neither are the relations: {string.Join(", ", elsewhere)}."
            );
        }

        if (issue.Parent is { } parent && !copies.ContainsKey(parent))
        {
            notes.Add(NoteKind.Dropped, "parent", $"Its parent, issue {parent}, has no copy in the target.");
        }

        if (issue.BlockedBy is { } blockedBy)
        {
            var present = await gitHub.ListBlockingAsync(place.Key.TargetRepositoryId, number, cancellationToken);
            if (present is null)
            {
                notes.Add(NoteKind.Dropped, "dependencies", "The target's server does not offer dependencies between issues.");
            }
            else
            {
                await AddAllAsync(
                    "dependencies",
                    Copied("dependencies", "It is blocked by issues that are not copied", blockedBy),
                    present,
                    id => gitHub.AddBlockingAsync(place.Key.TargetRepositoryId, number, id, cancellationToken),
                    () => gitHub.ListBlockingAsync(place.Key.TargetRepositoryId, number, cancellationToken)
                );
            }
        }

        if (issue.SubIssues is not { } subIssues)
        {
            return [];
        }

        var children = Copied("sub-issues", "Its sub-issues include issues that are not copied", subIssues);
        var listed = await gitHub.ListSubIssuesAsync(place.Key.TargetRepositoryId, number, cancellationToken);
        if (listed is null)
        {
            notes.Add(NoteKind.Converted, "sub-issues", "The target's server does not offer sub-issues: they are a task list in the body.");
            return children;
        }

        var all = await AddAllAsync(
            "sub-issues",
            children,
            listed,
            id => gitHub.AddSubIssueAsync(place.Key.TargetRepositoryId, number, id, cancellationToken),
            () => gitHub.ListSubIssuesAsync(place.Key.TargetRepositoryId, number, cancellationToken)
        );
        await OrderAsync(gitHub, place, number, children, all, cancellationToken);
        return [];

        List<int> Copied(string field, string relation, IReadOnlyList<int> numbers)
        {
            var without = numbers.Where(other => !copies.ContainsKey(other)).ToList();
            if (without.Count > 0)
            {
                notes.Add(
                    NoteKind.Dropped,
                    field,
                    string.Create(CultureInfo.InvariantCulture, $"{relation}: {string.Join(", ", without)}.")
                );
            }

            return [.. numbers.Where(copies.ContainsKey).Select(other => copies[other])];
        }

        async Task<IReadOnlyList<Issue>> AddAllAsync(
            string field,
            IReadOnlyList<int> wanted,
            IReadOnlyList<Issue> present,
            Func<long, Task> addAsync,
            Func<Task<IReadOnlyList<Issue>?>> listAsync
        )
        {
            var missing = wanted.Where(other => !IsIn(present, place, other)).ToList();
            var refused = new Dictionary<int, string>();
            foreach (var other in missing)
            {
                if ((await gitHub.FindIssueAsync(place.Key.TargetRepositoryId, other, cancellationToken)).Issue is not { Id: { } id })
                {
                    // Deleted or transferred since.
                    continue;
                }

                try
                {
                    await addAsync(id);
                }
                catch (GitHubException e) when (IsRefusal(e.Failure))
                {
                    refused[other] = e.Failure.Message;
                }
            }

            if (missing.Count > 0)
            {
                present = await listAsync() ?? [];
            }

            foreach (var (other, reason) in refused.Where(x => !IsIn(present, place, x.Key)))
            {
                notes.Add(NoteKind.Dropped, field, $"GitHub refused #{other}: {reason}");
            }

            return present;
        }
    }

    /// <summary>Moves each sub-issue that stands before its predecessor behind it.</summary>
    static async Task OrderAsync(
        GitHubClient gitHub,
        IssuePlace place,
        int number,
        IReadOnlyList<int> wanted,
        IReadOnlyList<Issue> present,
        CancellationToken cancellationToken
    )
    {
        var order = present.Where(child => IsInTarget(child, place)).ToList();
        Issue? before = null;
        foreach (var other in wanted)
        {
            if (order.Find(child => child.Number == other) is not { Id: { } id } child)
            {
                continue;
            }

            if (before is { Id: { } beforeId } && order.IndexOf(child) < order.IndexOf(before))
            {
                await gitHub.MoveSubIssueAsync(
                    place.Key.TargetRepositoryId,
                    number,
                    new(id) { AfterId = beforeId },
                    cancellationToken
                );
                order.Remove(child);
                order.Insert(order.IndexOf(before) + 1, child);
            }

            before = child;
        }
    }

    /// <summary>Whether GitHub refuses the relation, and not the account or the moment.</summary>
    static bool IsRefusal(Failure failure) =>
        failure.Kind == FailureKind.RejectedIssue
        || failure is { Kind: FailureKind.RefusedTarget, Status: 403 or 404 } or { Kind: FailureKind.Throttled, Status: 422, RetryAt: null };

    static bool IsIn(IReadOnlyList<Issue> issues, IssuePlace place, int number) =>
        issues.Any(issue => issue.Number == number && IsInTarget(issue, place));

    static bool IsInTarget(Issue issue, IssuePlace place) =>
        issue.RepositoryUrl?.EndsWith($"/repos/{place.TargetFullName}", StringComparison.OrdinalIgnoreCase) != false;
}
