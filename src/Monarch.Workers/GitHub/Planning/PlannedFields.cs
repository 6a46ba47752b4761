using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Snapshots;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>What a migration would create in a target before its first issue, and what the target offers then.</summary>
sealed class PlannedFields
{
    // Each costs a request; of more assignees it is assumed that all can be assigned.
    const int MaxAssignees = 20;

    PlannedFields() { }

    /// <summary>Labels that would be created; none without push access.</summary>
    public IReadOnlyList<string> Labels { get; private init; } = [];

    /// <summary>Milestones that would be created; none without push access.</summary>
    public IReadOnlyList<string> Milestones { get; private init; } = [];

    /// <summary>What the target would offer.</summary>
    public TargetFields Offered { get; private init; } = new();

    /// <summary>Whether GitHub would drop labels, milestone, type and assignees.</summary>
    public bool LacksPushAccess { get; private init; }

    /// <summary>What every copy would lack.</summary>
    public IReadOnlyList<IssueNote> Notes { get; private init; } = [];

    public int Reads { get; private init; }

    public int Writes { get; private init; }

    public static async Task<PlannedFields> ReadAsync(
        GitHubClient gitHub,
        Repository target,
        SnapshotFields wanted,
        CopyRules rules,
        CancellationToken cancellationToken
    )
    {
        var ofLabels = rules.Labels ? wanted.Labels : [];
        var ofMilestones = rules.Milestones ? wanted.Milestones : [];
        var labels = ofLabels.Count > 0 ? await gitHub.ListLabelsAsync(target.Id, cancellationToken) : [];
        var milestones = ofMilestones.Count > 0 ? await gitHub.ListMilestonesAsync(target.Id, cancellationToken) : [];
        var types = await FieldPreparer.TypesAsync(gitHub, target, wanted, rules, cancellationToken);
        var logins = rules.AssigneesOf(wanted.Assignees).ToList();
        var assignable = logins.Count is > 0 and <= MaxAssignees
            ? await FieldPreparer.AssignableAsync(gitHub, target, wanted, rules, cancellationToken)
            : logins;

        var missingLabels = Missing(ofLabels.Select(label => label.Name), labels.Select(label => label.Name));
        var missingMilestones = Missing(ofMilestones.Select(x => x.Title), milestones.Select(x => x.Title));
        var lacksPushAccess = TargetNotes.LacksPushAccess(target, gitHub.Account);
        // The first refusal for lack of access is the last request.
        int[] writes = lacksPushAccess
            ? [Math.Min(missingLabels.Count, 1), Math.Min(missingMilestones.Count, 1)]
            : [missingLabels.Count, missingMilestones.Count];
        var steps = 1 + (writes.Sum() / FieldPreparer.MaxWrites);
        var lists = Math.Min(ofLabels.Count, 1) + Math.Min(ofMilestones.Count, 1);
        return new()
        {
            Labels = lacksPushAccess ? [] : missingLabels,
            Milestones = lacksPushAccess ? [] : missingMilestones,
            Offered = new()
            {
                Milestones = milestones
                    .Concat(lacksPushAccess ? [] : ofMilestones.Where(x => missingMilestones.Contains(x.Title)))
                    .DistinctBy(milestone => milestone.Title, StringComparer.OrdinalIgnoreCase)
                    .ToDictionary(milestone => milestone.Title, milestone => milestone.Number),
                Types = types,
                Assignable = assignable,
            },
            LacksPushAccess = lacksPushAccess,
            Notes = TargetNotes.Of(
                target,
                gitHub.Account,
                wanted,
                rules,
                new Dictionary<string, string>(),
                new Dictionary<string, string>()
            ),
            // Each further step reads the repository and its page again.
            Reads = (steps * (lists + 2)) - 2 + (rules.Types ? Math.Min(wanted.Types.Count, 1) : 0) + logins.Count,
            Writes = writes.Sum(),
        };
    }

    static List<string> Missing(IEnumerable<string> wanted, IEnumerable<string> present) =>
        [.. wanted.Except(present, StringComparer.OrdinalIgnoreCase)];
}
