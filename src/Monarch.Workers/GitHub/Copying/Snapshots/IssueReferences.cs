using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>The references in an issue of the source.</summary>
static class IssueReferences
{
    /// <summary>The issues of the source that the text refers to.</summary>
    public static IReadOnlyCollection<int> Of(SnapshotIssue issue, string sourceFullName) =>
        Find(issue.Body, Source(issue, sourceFullName));

    /// <summary>The issues of the source that the comments refer to.</summary>
    public static IEnumerable<int> OfComments(SnapshotIssue issue, string sourceFullName) =>
        issue.Comments?.SelectMany(comment => Find(comment.Body, Source(issue, sourceFullName))) ?? [];

    static IReadOnlyCollection<int> Find(string? text, ReferenceSource source) =>
        text is not null && MayRefer(text) ? References.Find(text, GitHubMarkdown.TryParse(text), source) : [];

    /// <summary>The repository that the text is from. The address of an issue names the host of GitHub's pages.</summary>
    public static ReferenceSource Source(SnapshotIssue issue, string fullName) =>
        new(Uri.TryCreate(issue.Url, UriKind.Absolute, out var url) ? url.Authority : "github.com", fullName);

    // Most bodies refer to nothing and need not be parsed.
    static bool MayRefer(string body) =>
        body.AsSpan().ContainsAny('#', '&')
        || body.Contains("GH-", StringComparison.OrdinalIgnoreCase)
        || body.Contains("/issues/", StringComparison.OrdinalIgnoreCase)
        || body.Contains("/pull/", StringComparison.OrdinalIgnoreCase)
        || body.Contains("/discussions/", StringComparison.OrdinalIgnoreCase);
}
