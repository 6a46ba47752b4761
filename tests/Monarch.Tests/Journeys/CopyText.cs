using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Monarch.Sandbox.Model;

namespace Monarch.Tests.Journeys;

/// <summary>
/// Writes the copies in a target as lines that can be read in a diff. The carriage return of a line end is <c>␍</c>, a space at the end of
/// a line <c>·</c>, and an invisible character its code: <c>‹U+200B›</c>.
/// </summary>
static class CopyText
{
    // Of a longer body the middle is left out; its digest stands for it.
    const int LongBody = 100;
    const int Shown = 12;

    /// <param name="target">The state of the target at GitHub.</param>
    /// <param name="migration">The outcome that Monarch reports.</param>
    public static IEnumerable<string> Lines(RepositoryView target, Monarch.Bridge.Status.RepositoryView migration)
    {
        yield return $"{target.FullName}: {migration.Status}";
        foreach (var label in target.Labels)
        {
            yield return Visible($"label {label.Name}, {label.Color}: {label.Description ?? "no description"}");
        }

        foreach (var milestone in target.Milestones)
        {
            var due = milestone.DueOn is { } dueOn ? $"due {dueOn.ToString("u", CultureInfo.InvariantCulture)}" : "not due";
            yield return Visible($"milestone {milestone.Title}, {milestone.State}, {due}: {milestone.Description ?? "no description"}");
        }

        foreach (var note in migration.Notes)
        {
            yield return Visible(
                string.Create(CultureInfo.InvariantCulture, $"note on {note.Number}: {note.Field} {note.Kind}: {note.Message}")
            );
        }

        foreach (var line in migration.RejectedIssues.Select(issue => $"rejected {issue.Number}: {issue.Failure.Message}"))
        {
            yield return Visible(line);
        }

        foreach (var line in target.Issues!.Where(issue => issue.User == "monarch-bot").SelectMany(Lines))
        {
            yield return line;
        }
    }

    static IEnumerable<string> Lines(IssueView copy)
    {
        yield return "";
        yield return Visible(string.Create(CultureInfo.InvariantCulture, $"#{copy.Number} {copy.Title}"));
        yield return $"  {copy.State}{(copy.StateReason is { } reason ? $", {reason}" : "")}";
        (string Name, IReadOnlyList<string> Values)[] fields =
        [
            ("labels", copy.Labels),
            ("milestone", One(copy.Milestone)),
            ("type", One(copy.Type)),
            ("assignees", copy.Assignees),
            ("parent", One(copy.Parent)),
            ("sub-issues", copy.SubIssues),
            ("blocked by", copy.BlockedBy),
        ];
        foreach (var (name, values) in fields.Where(field => field.Values.Count > 0))
        {
            yield return Visible($"  {name}: {string.Join(", ", values)}");
        }

        foreach (var line in Body(copy.Body))
        {
            yield return line;
        }

        foreach (var comment in copy.Comments)
        {
            yield return $"  comment of {comment.User}";
            foreach (var line in Body(comment.Body))
            {
                yield return line;
            }
        }
    }

    static List<string> Body(string? body)
    {
        if (body is null)
        {
            return ["  no body"];
        }

        var lines = body.Split('\n').Select(line => Visible(line.Length == 0 ? "  |" : $"  | {line}")).ToList();
        if (lines.Count <= LongBody)
        {
            return lines;
        }

        var length = body.EnumerateRunes().Count();
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var summary = string.Create(
            CultureInfo.InvariantCulture,
            $"  ... {lines.Count - (2 * Shown)} lines; in all {length} characters with the SHA-256 {digest}"
        );
        return [.. lines.Take(Shown), summary, .. lines.TakeLast(Shown)];
    }

    static string Visible(string line)
    {
        var text = new StringBuilder();
        foreach (var rune in line.EnumerateRunes())
        {
            var isInvisible =
                Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.SpaceSeparator
                && rune.Value != ' ';
            text.Append(
                rune.Value == '\r' ? "␍"
                : isInvisible ? string.Create(CultureInfo.InvariantCulture, $"‹U+{rune.Value:X4}›")
                : rune.ToString()
            );
        }

        var visible = text.ToString();
        var end = visible.AsSpan().TrimEnd(' ').Length;
        return visible[..end] + new string('·', visible.Length - end);
    }

    static IReadOnlyList<string> One(string? value) => value is null ? [] : [value];
}
