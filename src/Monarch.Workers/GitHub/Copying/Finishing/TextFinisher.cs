using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Monarch.Workers.Failures;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying.Fields;
using Monarch.Workers.GitHub.Markdown;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Copying.Finishing;

/// <summary>
/// Rewrites the references to copies that did not exist when a copy was created, closes the copy of a closed issue, and on request brings
/// changes of the source. A copy that was edited keeps its text, and one that was reopened stays open.
/// </summary>
sealed class TextFinisher(IssueComposer composer)
{
    /// <summary>The field of the note on a text that continues in comments.</summary>
    public const string Continued = "body";

    /// <returns>The copy as it is now.</returns>
    public async Task<Issue> FinishAsync(
        GitHubClient gitHub,
        UnfinishedCopy unfinished,
        Issue copy,
        Notes notes,
        CancellationToken cancellationToken
    )
    {
        var change = Change(unfinished, copy, notes);
        if (change == new IssueChange())
        {
            return copy;
        }

        try
        {
            var changed = await gitHub.ChangeIssueAsync(unfinished.TargetId, unfinished.Number, change, cancellationToken);
            if (change.Labels is not null)
            {
                notes.AddAll(FieldNotes.Of(unfinished.Issue, composer.Rules(unfinished.Command.Copy), unfinished.Fields, changed));
            }

            return changed;
        }
        catch (GitHubException e) when (e.Failure.RefusesPart())
        {
            notes.Add(NoteKind.Dropped, "text, state", $"GitHub refused to change the copy: {e.Failure.Message}");
            return copy;
        }
    }

    IssueChange Change(UnfinishedCopy unfinished, Issue copy, Notes notes)
    {
        var (issue, fields, options) = (unfinished.Issue, unfinished.Fields, unfinished.Command.Copy);
        var (rules, updates) = (composer.Rules(options), options?.Update == true);
        var written = TextDigest.FieldsOf(copy.Labels?.Select(label => label.Name) ?? [], copy.Milestone?.Title);
        var labels = IssueComposer.LabelsOf(issue, rules, fields);
        var milestone = IssueComposer.MilestoneOf(issue, rules, fields);
        var wanted = TextDigest.FieldsOf(labels, milestone?.Title);
        var areFieldsEdited = TextDigest.Fields(copy.Body) != written;
        var changesFields = updates && !areFieldsEdited && wanted != written;
        // Without an update the digest of the fields stays what Monarch wrote at first.
        var digest = changesFields ? wanted : TextDigest.Fields(copy.Body) ?? written;
        var (title, bodies) = composer.Text(issue, unfinished.Place, rules, digest, unfinished.Copies, unfinished.Tasks);
        var body = bodies[0];
        if (bodies.Count > 1)
        {
            notes.Add(
                NoteKind.Converted,
                Continued,
                $"The text is longer than GitHub allows and continues in {Count.Of(bodies.Count - 1, "comment")}."
            );
        }

        var change = new IssueChange();
        var isTitleChanged = updates && title != copy.Title;
        if (unfinished.HasContinuation)
        {
            // The comments are not changed, and another division would lose or repeat what stands between them.
            if (updates && (isTitleChanged || wanted != written || !TextDigest.IsSame(copy.Body, body)))
            {
                notes.Add(NoteKind.Kept, "text, labels", "The text continues in comments; such a copy is not changed.");
            }

            changesFields = false;
        }
        else if (isTitleChanged || !TextDigest.IsSame(copy.Body, body))
        {
            if (TextDigest.IsUnedited(copy.Title, copy.Body))
            {
                // The title is part of the digest.
                change = updates || title == copy.Title ? change with { Body = body, Title = isTitleChanged ? title : null } : change;
            }
            else
            {
                notes.Add(
                    NoteKind.Kept,
                    "text",
                    "The copy was edited in the target and is kept as it is; what the source says now, or the numbers of later copies, are not in it."
                );
                changesFields = false;
            }
        }

        if (updates && areFieldsEdited && wanted != written && !unfinished.HasContinuation)
        {
            notes.Add(NoteKind.Kept, "labels, milestone", "They were edited in the target and are kept as they are.");
        }

        if (changesFields)
        {
            change = change with { Labels = labels, Milestone = IssueChange.MilestoneOf(milestone?.Number) };
        }

        // Without a request only at first: an issue that was closed in the source since then is the team's own concern. GitHub sets the reason "reopened" on an
        // issue that a person opened again.
        return (unfinished.IsFirst || options?.CloseRemoved == true) && issue.IsClosed && copy is { IsOpen: true, StateReason: null }
            ? change with
            {
                State = "closed",
                StateReason = issue.StateReason,
            }
            : change;
    }
}
