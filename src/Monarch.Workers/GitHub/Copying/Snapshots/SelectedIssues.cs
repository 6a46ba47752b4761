using System.Text.Json;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Snapshots;

/// <summary>Decides which issues of a source a snapshot holds.</summary>
/// <param name="selection">The conditions; null for all open issues.</param>
sealed class SelectedIssues(IssueSelection? selection)
{
    /// <summary>Identifies the selection: equal for equal conditions, empty for all open issues.</summary>
    public string Key => selection is null ? "" : JsonSerializer.Serialize(selection);

    public bool Contains(Issue issue) =>
        !issue.IsPullRequest && (issue.IsOpen || selection?.IncludeClosed == true) && (selection is null || Meets(issue, selection));

    static bool Meets(Issue issue, IssueSelection conditions) =>
        (conditions.Labels is not { } labels || labels.All(name => issue.Labels?.Any(label => IsSame(label.Name, name)) == true))
        && (conditions.Milestone is not { } milestone || (issue.Milestone is { } own && IsSame(own.Title, milestone)))
        && (conditions.Numbers is not { } ranges || ranges.Any(range => range.First <= issue.Number && issue.Number <= range.Last))
        && (conditions.Since is not { } since || (issue.UpdatedAt ?? issue.CreatedAt) >= since);

    static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
