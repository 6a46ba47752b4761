using Monarch.Contracts;
using Monarch.Contracts.DryRuns;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>
/// Decides issue by issue, in the source's order, what a migration would do: create a copy, change it in the second pass, or leave it. It uses
/// the same composing code as a migration.
/// </summary>
/// <param name="composer">Composes copies.</param>
/// <param name="place">The source and the target.</param>
/// <param name="copy">What is copied.</param>
/// <param name="fields">What the target would offer.</param>
/// <param name="listed">The copies in the target.</param>
/// <param name="finished">The copies that a second pass has finished, by the numbers in the source.</param>
/// <param name="toCreate">The places in the source's order of the issues that would be created, by their numbers.</param>
sealed class IssuePlanner(
    IssueComposer composer,
    IssuePlace place,
    CopyOptions? copy,
    PlannedFields fields,
    IReadOnlyDictionary<int, ListedCopy> listed,
    IReadOnlySet<int> finished,
    IReadOnlyDictionary<int, int> toCreate
)
{
    readonly CopyRules _rules = composer.Rules(copy);
    readonly bool _updates = copy?.Update == true;
    readonly Dictionary<int, int> _copies = listed.ToDictionary(x => x.Key, x => x.Value.Number);

    public List<PlannedIssue> Created { get; } = [];

    public List<PlannedIssue> Changed { get; } = [];

    public List<RejectedIssue> Rejected { get; } = [];

    public List<IssueNote> Notes { get; } = [];

    public PlannedExample? Example { get; private set; }

    public int AlreadyThere { get; private set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public void Add(SnapshotIssue issue)
    {
        if (listed.TryGetValue(issue.Number, out var there))
        {
            AlreadyThere++;
            AddExisting(issue, there);
        }
        else if (issue.Unreadable is { } field)
        {
            Rejected.Add(
                new()
                {
                    Number = issue.Number,
                    Title = issue.Title,
                    Failure = new()
                    {
                        Kind = FailureKind.RejectedIssue,
                        Message = $"GitHub lists it without a {field} that can be read.",
                        Remedy = "Open the issue in the source, edit and save it.",
                    },
                }
            );
        }
        else
        {
            AddNew(issue);
        }
    }

    void AddNew(SnapshotIssue issue)
    {
        Created.Add(new(issue.Number, issue.Title));
        Example ??= PlannedExamples.Of(issue.Number, composer.Text(issue, place, _rules, DigestOf(issue), _copies));
        if (!fields.LacksPushAccess)
        {
            Notes.AddRange(FieldNotes.Of(issue, _rules, fields.Offered, Answer(issue)));
        }

        var references = References(issue);
        if (IsFinished(issue, references))
        {
            Reads++;
            AddRelations(issue, null);
            // References to issues that are created later, or to itself, are rewritten when those exist; a closed issue is closed then.
            var at = toCreate[issue.Number];
            Writes += issue.IsClosed || references.Any(number => toCreate.TryGetValue(number, out var other) && other >= at) ? 1 : 0;
        }
    }

    void AddExisting(SnapshotIssue issue, ListedCopy there)
    {
        var references = References(issue);
        var wasFinished = finished.Contains(issue.Number);
        var isAffected = Related(issue, references).Any(toCreate.ContainsKey);
        if (!_updates && !(IsFinished(issue, references) && (!wasFinished || isAffected)))
        {
            return;
        }

        Reads++;
        AddRelations(issue, there);
        if (there.Title is null)
        {
            // Known from the ledger alone: it was deleted, or is not listed yet.
            return;
        }

        var isClosed = !wasFinished && issue.IsClosed && there.IsOpen;
        if (IsTextChanged(issue, there, references) | isClosed)
        {
            Writes++;
            Changed.Add(new(issue.Number, issue.Title));
        }
    }

    /// <summary>Compares as the second pass does; of an edited copy it adds a note.</summary>
    bool IsTextChanged(SnapshotIssue issue, ListedCopy there, IReadOnlyCollection<int> references)
    {
        var wanted = DigestOf(issue);
        var areFieldsEdited = there.WrittenFields != there.Fields;
        var changesFields = _updates && !areFieldsEdited && wanted != there.Fields;
        var digest = changesFields ? wanted : there.WrittenFields ?? there.Fields;
        var (title, body) = composer.Text(issue, place, _rules, digest, _copies);
        var isTitleSame = TextDigest.Whole(title) == there.Title;
        var refersToNew = references.Any(toCreate.ContainsKey);
        var changes = false;
        if ((_updates && !isTitleSame) || refersToNew || TextDigest.Whole(body) != there.Body)
        {
            changes = there.IsUnedited && (_updates || isTitleSame);
            changesFields &= there.IsUnedited;
            if (!there.IsUnedited)
            {
                Keep(issue, "text", "The copy was edited in the target and is kept as it is.");
            }
        }

        if (_updates && areFieldsEdited && wanted != there.Fields)
        {
            Keep(issue, "labels, milestone", "They were edited in the target and are kept as they are.");
        }

        return changes || changesFields;
    }

    /// <summary>Sub-issues and dependencies among the copies, each added by a request of its own.</summary>
    /// <param name="issue">The issue of the source.</param>
    /// <param name="there">Its copy; null when it would be created.</param>
    void AddRelations(SnapshotIssue issue, ListedCopy? there)
    {
        Notes.AddRange(PlannedRelations.Lost(issue, WillExist));
        if (issue.BlockedBy is { } blockedBy)
        {
            var all = blockedBy.Where(WillExist).ToList();
            // The listing only counts them.
            var present = all.Where(_copies.ContainsKey).Take(there?.BlockedBy ?? 0);
            AddMissing(all.Count - present.Count());
        }

        if (issue.SubIssues is { } subIssues)
        {
            var all = subIssues.Where(WillExist).ToList();
            var present = all.FindAll(child => there is not null && listed.GetValueOrDefault(child)?.Parent == there.Number);
            AddMissing(all.Count - present.Count);
            Writes += PlannedRelations.Moves(all, [.. present, .. all.Except(present)]);
        }

        void AddMissing(int count)
        {
            Writes += count;
            Reads += 1 + count;
        }
    }

    bool WillExist(int number) => _copies.ContainsKey(number) || toCreate.ContainsKey(number);

    /// <summary>Whether a second pass looks at the copy.</summary>
    bool IsFinished(SnapshotIssue issue, IReadOnlyCollection<int> references) =>
        _updates || references.Count > 0 || issue.HasRelations || issue.IsClosed;

    IReadOnlyCollection<int> References(SnapshotIssue issue) => IssueReferences.Of(issue, place.SourceFullName);

    static IEnumerable<int> Related(SnapshotIssue issue, IEnumerable<int> references) =>
        [.. references, .. issue.SubIssues ?? [], .. issue.BlockedBy ?? [], .. issue.Parent is { } parent ? [parent] : Array.Empty<int>()];

    string DigestOf(SnapshotIssue issue) =>
        TextDigest.FieldsOf(
            IssueComposer.LabelsOf(issue, _rules, fields.Offered),
            IssueComposer.MilestoneOf(issue, _rules, fields.Offered)?.Title
        );

    /// <summary>GitHub's answer to the creation, as far as it can be known.</summary>
    Issue Answer(SnapshotIssue issue) =>
        new()
        {
            Number = issue.Number,
            Title = issue.Title,
            State = "open",
            Labels = [.. IssueComposer.LabelsOf(issue, _rules, fields.Offered).Select(name => new Label(name))],
            Milestone = IssueComposer.MilestoneOf(issue, _rules, fields.Offered),
            Type = fields.Offered.Types.Contains(issue.Type, StringComparer.OrdinalIgnoreCase) ? new(issue.Type!) : null,
            Assignees =
            [
                .. _rules
                    .AssigneesOf(issue.Assignees ?? [])
                    .Intersect(fields.Offered.Assignable, StringComparer.OrdinalIgnoreCase)
                    .Select(login => new Person(login)),
            ],
        };

    void Keep(SnapshotIssue issue, string field, string message) =>
        Notes.Add(
            new()
            {
                Number = issue.Number,
                Kind = NoteKind.Kept,
                Field = field,
                Message = message,
            }
        );
}
