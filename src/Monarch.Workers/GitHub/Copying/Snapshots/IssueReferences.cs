using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>The references in an issue of the source.</summary>
static class IssueReferences
{
    /// <summary>The issues of the source that the text refers to.</summary>
    public static IReadOnlyCollection<int> Of(SnapshotIssue issue, string sourceFullName) =>
        issue.Body is { } body && MayRefer(body) ? References.Find(body, GitHubMarkdown.TryParse(body), Source(issue, sourceFullName)) : [];

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
