using System.Globalization;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>
/// Takes over what is copied of an issue, and reads its sub-issues, dependencies and comments, which GitHub does not list with it.
/// </summary>
static class Relations
{
    // The last one is accepted: some of the related issues may be hidden from the account.
    const int MaxListings = 5;

    public static async Task<SnapshotIssue> ReadAsync(
        GitHubClient gitHub,
        Repository source,
        Issue issue,
        SourceComments? comments,
        CancellationToken cancellationToken
    )
    {
        var isReadable = issue.Unreadable is null;
        var children = await ListAsync(
            isReadable ? issue.SubIssuesSummary?.Total : null,
            () => gitHub.ListSubIssuesAsync(source.Id, issue.Number, cancellationToken)
        );
        var blocking = await ListAsync(
            isReadable && issue.IssueDependenciesSummary is { } summary ? Math.Max(summary.BlockedBy, summary.TotalBlockedBy) : null,
            () => gitHub.ListBlockingAsync(source.Id, issue.Number, cancellationToken)
        );
        var copiedComments = isReadable && comments is not null ? await comments.OfAsync(issue, cancellationToken) : [];
        var parent = issue.ParentIssueUrl;
        var isOwnParent =
            parent is not null && IsIn(source, parent[..Math.Max(0, parent.LastIndexOf("/issues/", StringComparison.Ordinal))]);
        return new(issue.Number, issue.Title, issue.Body, issue.HtmlUrl ?? $"{source.FullName}#{issue.Number}", issue.Unreadable)
        {
            Labels = OrNull(issue.Labels),
            Milestone = issue.Milestone,
            Type = issue.Type?.Name,
            Assignees = OrNull(issue.Assignees?.Select(account => account.Login)),
            IsClosed = !issue.IsOpen,
            StateReason = issue.IsOpen ? null : issue.StateReason,
            Locked = issue.Locked,
            Comments = OrNull(
                copiedComments.Select(comment => new SnapshotComment(
                    comment.Id,
                    comment.User?.Login,
                    comment.CreatedAt,
                    comment.Body,
                    comment.HtmlUrl ?? $"{source.FullName}#{issue.Number}"
                ))
            ),
            Author = issue.User,
            CreatedAt = issue.CreatedAt,
            Parent =
                isOwnParent && int.TryParse(parent!.Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : null,
            SubIssues = OrNull(children.Where(child => IsIn(source, child.RepositoryUrl)).Select(child => child.Number)),
            BlockedBy = OrNull(blocking.Where(other => IsIn(source, other.RepositoryUrl)).Select(other => other.Number)),
            Elsewhere = OrNull(
                children
                    .Concat(blocking)
                    .Where(other => !IsIn(source, other.RepositoryUrl))
                    .Select(other => other.HtmlUrl ?? $"{other.RepositoryUrl}#{other.Number}")
                    .Concat(parent is not null && !isOwnParent ? [parent] : [])
                    .Distinct()
            ),
        };
    }

    /// <summary>
    /// Lists again while GitHub lists fewer than it counts. None of an issue that was deleted or transferred since it was listed.
    /// </summary>
    static async Task<IReadOnlyList<T>> ListAsync<T>(int? count, Func<Task<IReadOnlyList<T>>> listAsync)
    {
        IReadOnlyList<T> listed = [];
        try
        {
            for (var listings = 0; listed.Count < count && listings < MaxListings; listings++)
            {
                listed = await listAsync();
            }
        }
        catch (GitHubException e) when (e.IsGone)
        {
            return [];
        }

        return listed;
    }

    static bool IsIn(Repository source, string? repositoryUrl) =>
        repositoryUrl is null
        || repositoryUrl.EndsWith($"/repos/{source.FullName}", StringComparison.OrdinalIgnoreCase)
        || repositoryUrl.EndsWith($"/repositories/{source.Id}", StringComparison.OrdinalIgnoreCase);

    static T[]? OrNull<T>(IEnumerable<T>? items) => items?.ToArray() is { Length: > 0 } array ? array : null;
}
