using System.Text.Json;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>Decides which issues of a source a snapshot holds.</summary>
/// <param name="selection">The conditions; null for all open issues.</param>
/// <param name="withComments">Whether the snapshot holds their comments.</param>
sealed class SelectedIssues(IssueSelection? selection, bool withComments = false)
{
    /// <summary>Whether the snapshot holds their comments.</summary>
    public bool WithComments => withComments;

    /// <summary>Identifies the selection: equal for equal conditions, empty for all open issues without comments.</summary>
    public string Key => (selection is null ? "" : JsonSerializer.Serialize(selection)) + (withComments ? "+comments" : "");

    public bool Contains(Issue issue) => (issue.IsOpen || selection?.IncludeClosed == true) && Meets(issue);

    /// <summary>Whether the snapshot would hold the issue if it were open.</summary>
    public bool ContainedOpen(Issue issue) => !issue.IsOpen && selection?.IncludeClosed != true && Meets(issue);

    bool Meets(Issue issue) => !issue.IsPullRequest && (selection is null || Meets(issue, selection));

    static bool Meets(Issue issue, IssueSelection conditions) =>
        (conditions.Labels is not { } labels || labels.All(name => issue.Labels?.Any(label => IsSame(label.Name, name)) == true))
        && (conditions.Milestone is not { } milestone || (issue.Milestone is { } own && IsSame(own.Title, milestone)))
        && (conditions.Numbers is not { } ranges || ranges.Any(range => range.First <= issue.Number && issue.Number <= range.Last))
        && (conditions.Since is not { } since || (issue.UpdatedAt ?? issue.CreatedAt) >= since);

    static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
