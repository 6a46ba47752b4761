using System.Globalization;
using Microsoft.Extensions.Options;
using Monarch.Contracts.Migrations;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Copying.Ledger;
using Monarch.Workers.GitHub.Copying.Snapshots;
using Monarch.Workers.GitHub.Copying.Templates;
using Monarch.Workers.GitHub.Markdown;

namespace Monarch.Workers.GitHub.Copying;

/// <summary>
/// Composes the copy of an issue. The same issue and the same known copies give the same text, so that the second pass, when all copies
/// exist, can compare.
/// </summary>
sealed class IssueComposer(ILedger ledger, ITargetFieldStore store, IssueTemplate template, IOptions<CopyDefaults> defaults)
{
    /// <summary>What a request copies.</summary>
    public CopyRules Rules(CopyOptions? options) => defaults.Value.Rules(options);

    /// <summary>Which issues of the source a request copies.</summary>
    public SelectedIssues Selected(CopyOptions? options) => new(options?.Issues, Rules(options).Comments);

    /// <summary>Whether the copies need a second pass.</summary>
    public bool NeedsFinishing(Snapshot snapshot) => snapshot.NeedsFinishing || !template.IsDefault;

    /// <summary>What the target offers.</summary>
    /// <returns>Null when an issue has something that depends on it and the target has to be prepared.</returns>
    public async Task<TargetFields?> FindFieldsAsync(
        LedgerKey key,
        string snapshotId,
        IEnumerable<SnapshotIssue> issues,
        CopyOptions? options,
        CancellationToken cancellationToken
    )
    {
        var rules = Rules(options);
        if (!issues.Any(issue => DependsOnTarget(issue, rules)))
        {
            return new();
        }

        // Another snapshot may have other labels.
        var fields = await store.FindAsync(key, cancellationToken);
        return fields?.SnapshotId is null || fields.SnapshotId == snapshotId ? fields : null;
    }

    /// <summary>The request that creates the copy. References to issues that have a copy already become its number.</summary>
    public async Task<NewIssue> ComposeAsync(
        SnapshotIssue issue,
        IssuePlace place,
        CopyOptions? options,
        TargetFields fields,
        CancellationToken cancellationToken
    )
    {
        var (rules, references) = (Rules(options), IssueReferences.Of(issue, place.SourceFullName));
        var copies = references.Count == 0 ? null : await ledger.GetCreatedAsync(place.Key, [.. references], cancellationToken);
        var labels = LabelsOf(issue, rules, fields);
        var milestone = MilestoneOf(issue, rules, fields);
        var (title, bodies) = Text(issue, place, rules, TextDigest.FieldsOf(labels, milestone?.Title), copies);
        var type = rules.Types && fields.Types.Contains(issue.Type, StringComparer.OrdinalIgnoreCase) ? issue.Type : null;
        var assignees = issue
            .Assignees?.Select(rules.AssigneeOf)
            .OfType<string>()
            .Intersect(fields.Assignable, StringComparer.OrdinalIgnoreCase)
            .ToArray();
        return new(title, bodies[0])
        {
            Labels = labels.Count > 0 ? labels : null,
            Milestone = milestone?.Number,
            Type = type,
            Assignees = assignees is { Length: > 0 } ? assignees : null,
        };
    }

    /// <summary>The title of a copy, its body, and the comments in which the body continues.</summary>
    /// <param name="issue">The issue of the source.</param>
    /// <param name="place">Where it is copied.</param>
    /// <param name="rules">What is copied.</param>
    /// <param name="fields">The digest of its labels and milestone.</param>
    /// <param name="copies">The numbers of the known copies, by the number in the source; null for none.</param>
    /// <param name="tasks">Sub-issues that the target cannot have, by the numbers of their copies; null for none.</param>
    public (string Title, IReadOnlyList<string> Bodies) Text(
        SnapshotIssue issue,
        IssuePlace place,
        CopyRules rules,
        string fields,
        IReadOnlyDictionary<int, int>? copies,
        IReadOnlyList<int>? tasks = null
    )
    {
        var textRules = TextRulesOf(issue, place, rules, copies);
        var (title, text) = template.Render(
            new()
            {
                Title = issue.Title,
                Body = CopiedBody.Text(issue.Body, textRules),
                Number = issue.Number,
                Url = textRules.Source!.QuietAddress(issue.Url),
                CreatedAt = issue.CreatedAt,
                UserName = issue.Author?.Login,
                UserUrl = issue.Author?.HtmlUrl,
                UserAvatar = issue.Author?.AvatarUrl,
                Labels = [.. issue.Labels?.Select(label => label.Name) ?? []],
                Milestone = issue.Milestone?.Title,
                Source = place.SourceFullName,
                Target = place.TargetFullName,
            }
        );
        // The template may mention its author. The references are rewritten: a number in the text is one of the target.
        text = WithTasks(CopiedBody.Text(text, new() { KeepMentions = rules.KeepMentions }), tasks);
        return (title, CopiedBody.Divide(text, part => MarkerOf(issue, place, new(0, part)), rules.KeepMentions, Digest));

        string Digest(string written) => TextDigest.Line(title, written, fields);
    }

    /// <summary>The comments of a copy: the rest of a text that is too long for its body, then the comments of the source.</summary>
    /// <param name="issue">The issue of the source.</param>
    /// <param name="place">Where it is copied.</param>
    /// <param name="rules">What is copied.</param>
    /// <param name="copies">The numbers of all copies that the issue refers to, by the number in the source.</param>
    /// <param name="tasks">Sub-issues that the target cannot have, by the numbers of their copies; null for none.</param>
    public IReadOnlyList<CopiedComment> Comments(
        SnapshotIssue issue,
        IssuePlace place,
        CopyRules rules,
        IReadOnlyDictionary<int, int> copies,
        IReadOnlyList<int>? tasks = null
    )
    {
        var comments = new List<CopiedComment>();
        if (!template.IsDefault || CopiedBody.MayExceed(issue.Body))
        {
            // The digest has the same length for every content.
            var bodies = Text(issue, place, rules, TextDigest.FieldsOf([], null), copies, tasks).Bodies;
            comments.AddRange(bodies.Skip(1).Select((body, index) => new CopiedComment(new(0, index + 2), body)));
        }

        foreach (var comment in rules.Comments ? issue.Comments ?? [] : [])
        {
            var textRules = TextRulesOf(issue, place, rules, copies);
            var text = Heading(comment, textRules.Source!, issue) + CopiedBody.Text(comment.Body, textRules);
            var bodies = CopiedBody.Divide(text, part => MarkerOf(issue, place, new(comment.Id, part)), rules.KeepMentions);
            comments.AddRange(bodies.Select((body, index) => new CopiedComment(new(comment.Id, index + 1), body)));
        }

        return comments;
    }

    static string Heading(SnapshotComment comment, ReferenceSource source, SnapshotIssue issue)
    {
        var date = string.Create(CultureInfo.InvariantCulture, $"{comment.CreatedAt?.UtcDateTime: 'on' yyyy-MM-dd HH:mm 'UTC'}");
        var original =
            source.HasRedirect && Uri.TryCreate(comment.Url, UriKind.Absolute, out _)
                ? $"[original]({source.QuietAddress(comment.Url)})"
                : source.QuietName(issue.Url, issue.Number);
        return $"**{comment.Author ?? "ghost"}** commented{date} ({original}):\n\n";
    }

    static TextRules TextRulesOf(SnapshotIssue issue, IssuePlace place, CopyRules rules, IReadOnlyDictionary<int, int>? copies) =>
        new()
        {
            Source = IssueReferences.Source(issue, place.SourceFullName),
            CopyOf = number => copies?.TryGetValue(number, out var copy) == true ? copy : null,
            KeepMentions = rules.KeepMentions,
        };

    static Marker MarkerOf(SnapshotIssue issue, IssuePlace place, CommentKey key) =>
        new(place.Key.SourceRepositoryId, place.SourceFullName, issue.Number, key == new CommentKey(0, 1) ? null : key);

    static string WithTasks(string text, IReadOnlyList<int>? tasks) =>
        tasks is not { Count: > 0 }
            ? text
            : (text.Length == 0 ? "" : $"{text}\n\n") + string.Join('\n', tasks.Select(number => $"- [ ] #{number}"));

    static bool DependsOnTarget(SnapshotIssue issue, CopyRules rules) =>
        (rules.Labels && issue.Labels is not null)
        || (rules.Milestones && issue.Milestone is not null)
        || (rules.Types && issue.Type is not null)
        || issue.Assignees?.Any(login => rules.AssigneeOf(login) is not null) == true;

    /// <summary>The labels of a copy.</summary>
    public static IReadOnlyList<string> LabelsOf(SnapshotIssue issue, CopyRules rules, TargetFields fields) =>
        rules.Labels && issue.Labels is { } labels
            ? [.. labels.Select(label => label.Name).Except(fields.MissingLabels.Keys, StringComparer.OrdinalIgnoreCase)]
            : [];

    /// <summary>The milestone of a copy, with its number in the target; null for none.</summary>
    public static Milestone? MilestoneOf(SnapshotIssue issue, CopyRules rules, TargetFields fields) =>
        rules.Milestones && issue.Milestone is { } milestone
            ? fields
                .Milestones.Where(other => other.Key.Equals(milestone.Title, StringComparison.OrdinalIgnoreCase))
                .Select(other => milestone with { Number = other.Value })
                .FirstOrDefault()
            : null;
}

/// <summary>A comment of a copy.</summary>
/// <param name="Key">Identifies it.</param>
/// <param name="Body">Its text, with its marker.</param>
sealed record CopiedComment(CommentKey Key, string Body)
{
    /// <summary>Whether the text of the issue continues in it.</summary>
    public bool IsContinuation => Key.Id == 0;
}

/// <summary>Where issues are copied.</summary>
/// <param name="Key">The source, the target and the pass.</param>
/// <param name="SourceFullName">The source, <c>owner/name</c>.</param>
/// <param name="TargetFullName">The target, <c>owner/name</c>.</param>
sealed record IssuePlace(LedgerKey Key, string SourceFullName, string TargetFullName);
