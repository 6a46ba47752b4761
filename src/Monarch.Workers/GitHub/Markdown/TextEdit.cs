using System.Text;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>A replacement of the characters from <paramref name="Start"/> up to <paramref name="End"/>, which is not included.</summary>
readonly record struct TextEdit(int Start, int End, string Text)
{
    /// <summary>Applies all edits; an edit inside the range of an earlier one is ignored.</summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
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
            result.Append(text, copied, edit.Start - copied).Append(edit.Text);
            copied = edit.End;
        }
        return result is null ? text : result.Append(text, copied, text.Length - copied).ToString();
    }
}
