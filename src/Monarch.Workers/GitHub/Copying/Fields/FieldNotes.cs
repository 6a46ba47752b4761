using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Copying.Fields;

/// <summary>
/// Compares a copy with its source. GitHub drops labels, milestone, type and assignees of a new issue silently when the account lacks push
/// access (docs.github.com/rest/issues/issues, "Create an issue").
/// </summary>
static class FieldNotes
{
    const string PushAccess =
        "GitHub dropped it without a word, as it does when the account may not push: give Monarch's account the role Write in the repository.";

    public static IReadOnlyList<IssueNote> Of(SnapshotIssue issue, CopyRules rules, TargetFields fields, Issue copy)
    {
        var notes = new List<IssueNote>();
        if (rules.Labels)
        {
            Add(
                "labels",
                Missing(issue.Labels?.Select(label => label.Name), copy.Labels?.Select(label => label.Name)),
                fields.MissingLabels
            );
        }

        if (rules.Milestones)
        {
            Add("milestone", Missing(One(issue.Milestone?.Title), One(copy.Milestone?.Title)), fields.MissingMilestones);
        }

        if (rules.Types)
        {
            var missing = Missing(One(issue.Type), One(copy.Type?.Name));
            Add(
                "type",
                missing,
                missing
                    .Except(fields.Types, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(
                        name => name,
                        _ => "the organisation of the target does not have this type, or the account may not read its types"
                    )
            );
        }

        var assignees = (issue.Assignees ?? []).Select(rules.AssigneeOf).OfType<string>();
        var unassigned = Missing(assignees, copy.Assignees?.Select(account => account.Login));
        Add(
            "assignees",
            unassigned,
            unassigned
                .Except(fields.Assignable, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    login => login,
                    _ => "issues of the target cannot be assigned to this account: it needs access to the repository"
                )
        );
        if (issue.Locked)
        {
            notes.Add(Dropped(issue, "lock", "The conversation of the issue is locked, and that of its copy is not."));
        }

        return notes;

        void Add(string field, IReadOnlyList<string> missing, IReadOnlyDictionary<string, string> reasons)
        {
            if (missing.Count == 0)
            {
                return;
            }

            var byReason = missing.GroupBy(name =>
                reasons.FirstOrDefault(x => x.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
            );
            notes.Add(
                Dropped(issue, field, string.Join(' ', byReason.Select(group => $"{string.Join(", ", group)}: {group.Key ?? PushAccess}")))
            );
        }
    }

    static IssueNote Dropped(SnapshotIssue issue, string field, string message) =>
        new()
        {
            Number = issue.Number,
            Kind = NoteKind.Dropped,
            Field = field,
            Message = message,
        };

    static List<string> Missing(IEnumerable<string>? wanted, IEnumerable<string>? present) =>
        [.. (wanted ?? []).Except(present ?? [], StringComparer.OrdinalIgnoreCase)];

    static IEnumerable<string> One(string? name) => name is null ? [] : [name];
}
