using System.Globalization;
using Monarch.Contracts;
using Monarch.Contracts.Migrations;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>
/// Rebuilds sub-issues with their order, and dependencies, among the copies. It lists before it adds. The listings lag behind, so what GitHub
/// refuses counts as done when the issue itself shows it.
/// </summary>
sealed class RelationFinisher
{
    // "Target issue has already been taken": the dependency exists, and the listing may lag behind.
    const string Taken = "already been taken";

    /// <returns>The copies of sub-issues that the server does not offer: they become a task list.</returns>
    public async Task<IReadOnlyList<int>> FinishAsync(
        GitHubClient gitHub,
        UnfinishedCopy unfinished,
        Issue copy,
        Notes notes,
        CancellationToken cancellationToken
    )
    {
        var (place, issue, number, copies) = (unfinished.Place, unfinished.Issue, unfinished.Number, unfinished.Copies);
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
            // Older servers do not count what they do not offer.
            if (copy.IssueDependenciesSummary is null)
            {
                notes.Add(NoteKind.Dropped, "dependencies", "The target's server does not offer dependencies between issues.");
            }
            else
            {
                await AddAllAsync(
                    "dependencies",
                    Copied("dependencies", "It is blocked by issues that are", blockedBy),
                    await gitHub.ListBlockingAsync(unfinished.TargetId, number, cancellationToken),
                    _ => false,
                    id => gitHub.AddBlockingAsync(unfinished.TargetId, number, id, cancellationToken)
                );
            }
        }

        if (issue.SubIssues is not { } subIssues)
        {
            return [];
        }

        var children = Copied("sub-issues", "Its sub-issues include some that are", subIssues);
        if (copy.SubIssuesSummary is null)
        {
            notes.Add(NoteKind.Converted, "sub-issues", "The target's server does not offer sub-issues: they are a task list in the body.");
            return children;
        }

        var (all, unlisted) = await AddAllAsync(
            "sub-issues",
            children,
            await gitHub.ListSubIssuesAsync(unfinished.TargetId, number, cancellationToken),
            child => IsChild(child, place, number),
            id => gitHub.AddSubIssueAsync(unfinished.TargetId, number, id, cancellationToken)
        );
        if (unlisted is { } late)
        {
            throw NotListed(place, number, late);
        }

        try
        {
            await OrderAsync(gitHub, place, number, children, all, cancellationToken);
        }
        catch (GitHubException e) when (e.Failure.RefusesPart())
        {
            notes.Add(NoteKind.Dropped, "order of sub-issues", $"GitHub refused it: {e.Failure.Message}");
        }

        return [];

        List<int> Copied(string field, string relation, IReadOnlyList<int> numbers)
        {
            var without = numbers.Where(other => !copies.ContainsKey(other)).ToList();
            if (without.Count > 0)
            {
                notes.Add(
                    NoteKind.Dropped,
                    field,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{relation} not copied: {string.Join(", ", without)}."
                    )
                );
            }

            return [.. numbers.Where(copies.ContainsKey).Select(other => copies[other])];
        }

        // GitHub appends what is added. The second result is related already but not listed, so its place is not known.
        async Task<(IReadOnlyList<Issue> All, int? Unlisted)> AddAllAsync(
            string field,
            IReadOnlyList<int> wanted,
            IReadOnlyList<Issue> present,
            Func<Issue, bool> isRelated,
            Func<long, Task> addAsync
        )
        {
            var (all, unlisted) = (present.ToList(), (int?)null);
            foreach (var other in wanted.Where(other => !IsIn(present, place, other)))
            {
                try
                {
                    var relative = await gitHub.GetKnownIssueAsync(unfinished.TargetId, other, cancellationToken);
                    if (isRelated(relative) || !await TryAddAsync(field, other, relative, isRelated, addAsync))
                    {
                        unlisted = other;
                        continue;
                    }

                    all.Add(relative);
                }
                catch (GitHubException e) when (e.IsGone)
                {
                    notes.Add(NoteKind.Dropped, field, $"The copy #{other} was deleted from the target, or transferred.");
                }
            }

            return (all, unlisted);
        }

        // False when the relation exists already.
        async Task<bool> TryAddAsync(string field, int other, Issue relative, Func<Issue, bool> isRelated, Func<long, Task> addAsync)
        {
            try
            {
                await addAsync(
                    relative.Id
                        ?? throw new InvalidOperationException($"GitHub returned issue {other} of {place.TargetFullName} without its id.")
                );
                return true;
            }
            catch (GitHubException e) when (e.Failure.RefusesPart())
            {
                // Another worker may have added it since.
                if (isRelated(await gitHub.GetKnownIssueAsync(unfinished.TargetId, other, cancellationToken)))
                {
                    return false;
                }

                if (!e.Failure.Message.Contains(Taken, StringComparison.OrdinalIgnoreCase))
                {
                    notes.Add(NoteKind.Dropped, field, $"GitHub refused #{other}: {e.Failure.Message}");
                }

                return true;
            }
        }
    }

    static GitHubException NotListed(IssuePlace place, int number, int child) =>
        new(
            new()
            {
                Kind = FailureKind.Transient,
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"GitHub's list of the sub-issues of #{number} in {place.TargetFullName} lags behind: it lacks #{child}. It is read again."
                ),
            },
            mayHaveHappened: false
        );

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
                await gitHub.MoveSubIssueAsync(place.Key.TargetRepositoryId, number, new(id) { AfterId = beforeId }, cancellationToken);
                order.Remove(child);
                order.Insert(order.IndexOf(before) + 1, child);
            }

            before = child;
        }
    }

    static bool IsIn(IReadOnlyList<Issue> issues, IssuePlace place, int number) =>
        issues.Any(issue => issue.Number == number && IsInTarget(issue, place));

    static bool IsChild(Issue issue, IssuePlace place, int parent) =>
        issue.ParentIssueUrl?.EndsWith(
            string.Create(CultureInfo.InvariantCulture, $"/repos/{place.TargetFullName}/issues/{parent}"),
            StringComparison.OrdinalIgnoreCase
        ) == true;

    static bool IsInTarget(Issue issue, IssuePlace place) =>
        issue.RepositoryUrl?.EndsWith($"/repos/{place.TargetFullName}", StringComparison.OrdinalIgnoreCase) != false;
}
