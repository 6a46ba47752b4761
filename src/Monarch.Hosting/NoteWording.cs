using System.Globalization;
using Monarch.Contracts.Migrations;

namespace Monarch.Hosting;

/// <summary>The wording of what copies lack, the same on the command line and in Slack.</summary>
public static class NoteWording
{
    const int NumbersShown = 10;

    /// <summary>One line for each part and cause, with the issues that it concerns.</summary>
    /// <param name="notes">The notes on the copies in one target.</param>
    public static IEnumerable<string> Lines(IEnumerable<IssueNote> notes) =>
        from note in notes
        group note.Number by (note.Kind, note.Field, note.Message) into same
        select Line(same.Key.Kind, same.Key.Field, same.Key.Message, [.. same.Where(number => number > 0)]);

    static string Line(NoteKind kind, string field, string message, IReadOnlyList<int> numbers)
    {
        var what = kind switch
        {
            NoteKind.Converted => "converted",
            NoteKind.Kept => "kept as edited",
            _ => "not copied",
        };
        var shown = string.Join(", ", numbers.Take(NumbersShown).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        var more =
            numbers.Count > NumbersShown ? string.Create(CultureInfo.InvariantCulture, $" and {numbers.Count - NumbersShown} more") : "";
        var of = numbers.Count switch
        {
            0 => "",
            1 => $" of issue {shown}",
            _ => $" of issues {shown}{more}",
        };
        return $"{field}{of} {what}: {message}";
    }
}
