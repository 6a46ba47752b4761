using System.Globalization;
using Monarch.Contracts.Migrations;
using Monarch.Hosting;

namespace Monarch.Bridge.Intake;

/// <summary>What a request says about what is copied, in words.</summary>
static class CopyWording
{
    /// <summary>The fields of the request on one line, as in the message; of a mapping, only its length.</summary>
    public static string InWords(this CopyOptions copy)
    {
        var issues = copy.Issues ?? new();
        string?[] parts =
        [
            Flag(RequestFields.Labels, copy.Labels),
            Flag(RequestFields.Milestones, copy.Milestones),
            Flag(RequestFields.Types, copy.Types),
            Flag(RequestFields.KeepAssignees, copy.KeepAssignees),
            copy.AssigneeMap is { } map ? $"{RequestFields.Assignees} {Count.Of(map.Count, "login")}" : null,
            Flag(RequestFields.KeepMentions, copy.KeepMentions),
            Flag(RequestFields.Comments, copy.Comments),
            Flag(RequestFields.Update, copy.Update),
            Flag(RequestFields.CloseRemoved, copy.CloseRemoved),
            issues.IncludeClosed ? $"{RequestFields.State} {IssueSelectionReader.AllStates}" : null,
            issues.Labels is { } labels ? $"{RequestFields.Label} {string.Join(" and ", labels.Select(Quoted))}" : null,
            issues.Milestone is { } title ? $"{RequestFields.Milestone} {Quoted(title)}" : null,
            issues.Numbers is { } numbers ? $"{RequestFields.Issues} {IssueRanges.Format(numbers)}" : null,
            issues.Since is { } since
                ? string.Create(CultureInfo.InvariantCulture, $"{RequestFields.Since} {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'}")
                : null,
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    static string? Flag(string field, bool? value) => value is { } known ? $"{field} {(known ? "true" : "false")}" : null;

    static string Quoted(string text) => $"'{VisibleText.Line(text)}'";
}
