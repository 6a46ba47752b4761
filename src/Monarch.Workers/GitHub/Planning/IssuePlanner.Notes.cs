using Monarch.Contracts.Migrations;
using Monarch.Hosting;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Copying;
using Monarch.Workers.GitHub.Copying.Finishing;
using Monarch.Workers.GitHub.Copying.Snapshots;

namespace Monarch.Workers.GitHub.Planning;

/// <summary>The copies of issues that were closed in the source, and what is reported of copies.</summary>
sealed partial class IssuePlanner
{
    /// <summary>Adds the issues that the snapshot lacks because they are closed: their copies stay as they are, or are closed on request.</summary>
    public void AddClosed(IReadOnlyList<ClosedIssue> issues)
    {
        var copies = issues
            .Where(issue => listed.ContainsKey(issue.Number))
            .Select(issue => (issue.Number, There: listed[issue.Number]))
            .Where(x => finished.GetValueOrDefault(ClosedFinisher.EntryOf(x.Number)) != ClosedFinisher.ContentOf(x.There.Number))
            .ToList();
        if (copy?.CloseRemoved != true)
        {
            Notes.AddRange(copies.Count == 0 ? [] : [ClosedFinisher.Kept([.. copies.Select(x => x.Number)])]);
            return;
        }

        foreach (var (number, there) in copies)
        {
            Reads++;
            if (there.IsReopened)
            {
                Keep(number, "state", "It is closed in the source; its copy was opened again by a person and stays open.");
            }
            else if (there.IsOpen)
            {
                Writes++;
                Changed.Add(new(number, ""));
            }
        }
    }

    void NoteContinuation(SnapshotIssue issue, IReadOnlyList<CopiedComment> comments)
    {
        if (comments.Count(comment => comment.IsContinuation) is > 0 and var parts)
        {
            Note(
                NoteKind.Converted,
                issue.Number,
                TextFinisher.Continued,
                $"The text is longer than GitHub allows and continues in {Count.Of(parts, "comment")}."
            );
        }
    }

    void Keep(int number, string field, string message) => Note(NoteKind.Kept, number, field, message);

    void Note(NoteKind kind, int number, string field, string message) =>
        Notes.Add(
            new()
            {
                Number = number,
                Kind = kind,
                Field = field,
                Message = message,
            }
        );
}
