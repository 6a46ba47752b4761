using System.Globalization;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>The comments of a source, which are listed together: a request for each 100 of them, and none before the first is needed.</summary>
sealed class SourceComments(GitHubClient gitHub, Repository source)
{
    // The last one is accepted: GitHub may count comments that it never lists, such as those of hidden accounts.
    const int MaxListings = 3;

    ILookup<int, Comment>? _byIssue;

    /// <summary>Whether GitHub counts more comments than it lists.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>The comments on an issue, oldest first. None of an issue that was deleted or transferred since it was listed.</summary>
    public async Task<IReadOnlyList<Comment>> OfAsync(Issue issue, CancellationToken cancellationToken)
    {
        if (issue.Comments == 0)
        {
            return [];
        }

        _byIssue ??= (await gitHub.ListCommentsAsync(source.Id, cancellationToken)).ToLookup(NumberOf);
        IReadOnlyList<Comment> comments = [.. _byIssue[issue.Number].OrderBy(comment => comment.Id)];
        try
        {
            for (var listings = 0; comments.Count < issue.Comments && listings < MaxListings; listings++)
            {
                comments = await gitHub.ListCommentsAsync(source.Id, issue.Number, cancellationToken);
            }
        }
        catch (GitHubException e) when (e.IsGone)
        {
            return [];
        }

        IsBehind |= comments.Count < issue.Comments;
        return comments;
    }

    static int NumberOf(Comment comment) =>
        int.TryParse(comment.IssueUrl?.Split('/')[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
