using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Snapshots;

namespace Monarch.Workers.GitHub.Copying.Fields;

/// <summary>What every copy in a target will lack, known before the first issue is created. It is never a reason to refuse the target.</summary>
static class TargetNotes
{
    const int NamesShown = 10;

    /// <summary>
    /// Whether GitHub drops labels, milestone, type and assignees of new issues: the account lacks push access. Of an App GitHub does not
    /// return what it may do with issues.
    /// </summary>
    public static bool LacksPushAccess(Repository target, GitHubAccount account) =>
        target.Permissions is { Push: false } && !account.Credentials[0].IsInstallation;

    /// <param name="target">The target.</param>
    /// <param name="account">The account that writes to it.</param>
    /// <param name="wanted">What the issues of the source have.</param>
    /// <param name="rules">What is copied.</param>
    /// <param name="labels">Labels that GitHub refused to create, with the reason.</param>
    /// <param name="milestones">Milestones that GitHub refused to create, with the reason.</param>
    public static IReadOnlyList<IssueNote> Of(
        Repository target,
        GitHubAccount account,
        SnapshotFields wanted,
        CopyRules rules,
        IReadOnlyDictionary<string, string> labels,
        IReadOnlyDictionary<string, string> milestones
    )
    {
        if (!LacksPushAccess(target, account))
        {
            return [.. Refused("labels", labels), .. Refused("milestones", milestones)];
        }

        var dropped = new[]
        {
            ("labels", rules.Labels ? wanted.Labels.Select(label => label.Name).ToList() : []),
            ("milestones", rules.Milestones ? wanted.Milestones.Select(milestone => milestone.Title).ToList() : []),
            ("types", rules.Types ? [.. wanted.Types] : []),
            ("assignees", [.. rules.AssigneesOf(wanted.Assignees)]),
        }
            .Where(field => field.Item2.Count > 0)
            .ToList();
        return dropped.Count == 0
            ? []
            :
            [
                Note(
                    string.Join(", ", dropped.Select(field => field.Item1)),
                    $"The account{(account.Login is { } login ? $" {login}" : "")} may not push, and without that GitHub drops "
                        + $"{string.Join("; ", dropped.Select(field => $"{field.Item1} {Names(field.Item2)}"))}. The issues are copied without "
                        + "them. Give the account the role Write in the repository."
                ),
            ];
    }

    // One note for each field: a note replaces an earlier one about the same field.
    static IssueNote[] Refused(string field, IReadOnlyDictionary<string, string> refused) =>
        refused.Count == 0
            ? []
            :
            [
                Note(
                    field,
                    string.Join(
                        ' ',
                        from pair in refused
                        group pair.Key by pair.Value into names
                        select $"{Names([.. names])}: GitHub refused to create them: {names.Key}"
                    )
                ),
            ];

    static string Names(List<string> names) =>
        string.Join(", ", names.Take(NamesShown)) + (names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "");

    static IssueNote Note(string field, string message) =>
        new()
        {
            Number = 0,
            Kind = NoteKind.Dropped,
            Field = field,
            Message = message,
        };
}
