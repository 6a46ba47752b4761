using System.Globalization;
using System.Text;

namespace Monarch.Bridge.Intake;

/// <summary>Quotes foreign text: short, on one line, without characters that a terminal or a page would interpret.</summary>
static class OneLine
{
    const int Longest = 120;

    /// <param name="text">The text.</param>
    /// <param name="longest">How many characters are shown.</param>
    public static string Of(string text, int longest = Longest)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(longest))
        {
            shown.Append(IsInvisible(rune) ? "?" : rune.ToString());
        }

        return shown.Length < text.Length ? $"{shown}…" : shown.ToString();
    }

    static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
