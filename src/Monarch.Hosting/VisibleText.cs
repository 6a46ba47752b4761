using System.Buffers;
using System.Globalization;
using System.Text;

namespace Monarch.Hosting;

/// <summary>
/// Text that came from outside (titles, names, messages, reasons, settings), written so that a terminal, a text log or a chat only shows it:
/// a character that could move the cursor, change colours, begin a line or turn the reading direction is written as an escape.
/// </summary>
public static class VisibleText
{
    // Printable ASCII, which nearly all text consists of, and for several lines their ends.
    static readonly char[] Printable = [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(sign => (char)sign)];
    static readonly SearchValues<char> Plain = SearchValues.Create(Printable);
    static readonly SearchValues<char> PlainLines = SearchValues.Create([.. Printable, '\n']);

    // They join letters and emoji, and do nothing else.
    const int NonJoiner = 0x200c, Joiner = 0x200d;

    /// <summary>The text on one line: <c>\n</c>, <c>\t</c> and <c>\u001b</c> in place of the characters.</summary>
    /// <param name="text">What is to be shown; null is empty.</param>
    public static string Line(string? text) => Escape(text ?? "", keepsLines: false);

    /// <summary>The same with its line feeds.</summary>
    /// <param name="text">What is to be shown; null is empty.</param>
    public static string Lines(string? text) => Escape(text ?? "", keepsLines: true);

    static string Escape(string text, bool keepsLines)
    {
        var at = text.AsSpan().IndexOfAnyExcept(keepsLines ? PlainLines : Plain);
        if (at < 0)
        {
            return text;
        }

        var shown = new StringBuilder(text, 0, at, text.Length + 16);
        while (at < text.Length)
        {
            // Half a character is no character.
            var isWhole = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) == OperationStatus.Done;
            var signs = text.AsSpan(at, length);
            _ = isWhole && (IsVisible(rune) || (keepsLines && rune.Value == '\n')) ? shown.Append(signs) : AppendEscapes(shown, signs);
            at += length;
        }

        return shown.ToString();
    }

    static bool IsVisible(Rune rune) => rune.Value is NonJoiner or Joiner || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    static StringBuilder AppendEscapes(StringBuilder shown, ReadOnlySpan<char> signs)
    {
        foreach (var sign in signs)
        {
            _ = sign switch
            {
                '\n' => shown.Append("\\n"),
                '\r' => shown.Append("\\r"),
                '\t' => shown.Append("\\t"),
                _ => shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}"),
            };
        }

        return shown;
    }
}
