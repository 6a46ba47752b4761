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
/// <param name="finished">What a second pass has finished copies with, by the numbers in the source.</param>
/// <param name="toCreate">The places in the source's order of the issues that would be created, by their numbers.</param>
sealed partial class IssuePlanner(
    IssueComposer composer,
    IssuePlace place,
    CopyOptions? copy,
    PlannedFields fields,
    IReadOnlyDictionary<int, ListedCopy> listed,
    IReadOnlyDictionary<int, string> finished,
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

    /// <summary>How many comments would be created.</summary>
    public int Comments { get; private set; }

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>The comments of a copy.</summary>
    public IReadOnlyList<CopiedComment> CommentsOf(SnapshotIssue issue) => composer.Comments(issue, place, _rules, _copies);

    /// <param name="issue">An issue of the snapshot.</param>
    /// <param name="comments">Its comments.</param>
    /// <param name="known">Those that its copy has.</param>
    public void Add(SnapshotIssue issue, IReadOnlyList<CopiedComment> comments, IReadOnlySet<long> known)
    {
        var missing = comments.Count(comment => !known.Contains(comment.Key.Number));
        if (listed.TryGetValue(issue.Number, out var there))
        {
            AlreadyThere++;
            AddExisting(issue, there, comments, missing, known.Any(CommentKey.IsContinuation));
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
            AddNew(issue, comments, missing);
        }
    }

    void AddNew(SnapshotIssue issue, IReadOnlyList<CopiedComment> comments, int missing)
    {
        Created.Add(new(issue.Number, issue.Title));
        if (Example is null)
        {
            var (title, bodies) = composer.Text(issue, place, _rules, DigestOf(issue), _copies);
            Example = PlannedExamples.Of(issue.Number, (title, bodies[0]));
        }

        if (!fields.LacksPushAccess)
        {
            Notes.AddRange(FieldNotes.Of(issue, _rules, fields.Offered, Answer(issue)));
        }

        AddComments(missing);
        var references = References(issue);
        Reads += IsFinished(issue, references, comments) || missing > 0 ? 1 : 0;
        if (IsFinished(issue, references, comments))
        {
            NoteContinuation(issue, comments);
            AddRelations(issue, null);
            // References to issues that are created later, or to itself, are rewritten when those exist; a closed issue is closed then.
            var at = toCreate[issue.Number];
            Writes += issue.IsClosed || references.Any(number => toCreate.TryGetValue(number, out var other) && other >= at) ? 1 : 0;
        }
    }

    void AddExisting(SnapshotIssue issue, ListedCopy there, IReadOnlyList<CopiedComment> comments, int missing, bool isContinued)
    {
        AddComments(missing);
        var references = References(issue);
        var wasFinished = finished.ContainsKey(issue.Number);
        var isAffected = Related(issue, references).Any(toCreate.ContainsKey);
        var isChanged = _updates || (IsFinished(issue, references, comments) && (!wasFinished || isAffected));
        Reads += isChanged || missing > 0 ? 1 : 0;
        if (!isChanged)
        {
            return;
        }

        NoteContinuation(issue, comments);
        AddRelations(issue, there);
        if (there.Title is null)
        {
            // Known from the ledger alone: it was deleted, or is not listed yet.
            return;
        }

        var isClosed = (!wasFinished || copy?.CloseRemoved == true) && issue.IsClosed && there is { IsOpen: true, IsReopened: false };
        if (IsTextChanged(issue, there, references, isContinued) | isClosed)
        {
            Writes++;
            Changed.Add(new(issue.Number, issue.Title));
        }
    }

    /// <summary>Compares as the second pass does; of an edited copy it adds a note.</summary>
    bool IsTextChanged(SnapshotIssue issue, ListedCopy there, IReadOnlyCollection<int> references, bool isContinued)
    {
        var wanted = DigestOf(issue);
        var areFieldsEdited = there.WrittenFields != there.Fields;
        var changesFields = _updates && !areFieldsEdited && wanted != there.Fields;
        var digest = changesFields ? wanted : there.WrittenFields ?? there.Fields;
        var (title, bodies) = composer.Text(issue, place, _rules, digest, _copies);
        var isTitleSame = TextDigest.Whole(title) == there.Title;
        var isBodySame = TextDigest.Whole(bodies[0]) == there.Body;
        var refersToNew = references.Any(toCreate.ContainsKey);
        var changes = false;
        if (isContinued)
        {
            changesFields = false;
            if (_updates && !(isTitleSame && isBodySame && wanted == there.Fields))
            {
                Keep(issue.Number, "text, labels", "The text continues in comments; such a copy is not changed.");
            }
        }
        else if ((_updates && !isTitleSame) || refersToNew || !isBodySame)
        {
            changes = there.IsUnedited && (_updates || isTitleSame);
            changesFields &= there.IsUnedited;
            if (!there.IsUnedited)
            {
                Keep(issue.Number, "text", "The copy was edited in the target and is kept as it is.");
            }
        }

        if (_updates && areFieldsEdited && wanted != there.Fields && !isContinued)
        {
            Keep(issue.Number, "labels, milestone", "They were edited in the target and are kept as they are.");
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
    bool IsFinished(SnapshotIssue issue, IReadOnlyCollection<int> references, IReadOnlyList<CopiedComment> comments) =>
        _updates || references.Count > 0 || issue.HasRelations || issue.IsClosed || comments.Any(comment => comment.IsContinuation);

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

    // The comments of a copy are listed before the first one is added.
    void AddComments(int count)
    {
        Comments += count;
        Reads += count > 0 ? 2 : 0;
    }
}
