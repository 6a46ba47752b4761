using System.Text;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>A replacement of the characters from <paramref name="Start"/> up to <paramref name="End"/>, which is not included.</summary>
readonly record struct TextEdit(int Start, int End, string Text)
{
    /// <summary>Applies all edits; an edit inside the range of an earlier one is ignored.</summary>
    /// <param name="text">The text.</param>
    /// <param name="edits">The edits, in any order.</param>
    /// <param name="replaced">Receives the edits that replace characters, in their order, with their ranges in the result.</param>
    public static string Apply(string text, IEnumerable<TextEdit> edits, ICollection<TextEdit>? replaced = null)
    {
        StringBuilder? result = null;
        var copied = 0;

        // An insertion comes before a replacement that begins at the same position.
        foreach (var edit in edits.OrderBy(x => x.Start).ThenBy(x => x.End))
        {
            if (edit.Start < copied)
            {
                continue;
            }

            result ??= new StringBuilder(text.Length + 64);
            result.Append(text, copied, edit.Start - copied);
            if (edit.End > edit.Start)
            {
                replaced?.Add(edit with { Start = result.Length, End = result.Length + edit.Text.Length });
            }

            result.Append(edit.Text);
            copied = edit.End;
        }
        return result is null ? text : result.Append(text, copied, text.Length - copied).ToString();
    }
}
