using System.Buffers;
using System.Globalization;
using System.Text;

namespace Monarch.Hosting;

/// <summary>
/// Makes foreign text (titles, names, messages, reasons, settings) safe for a terminal, a text log or a chat: a character that could move
/// the cursor, change colours, begin a line or change the reading direction is escaped.
/// </summary>
public static class VisibleText
{
    // Printable ASCII, the bulk of all text, and line feeds for texts of several lines.
    static readonly char[] Printable = [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(sign => (char)sign)];
    static readonly SearchValues<char> Plain = SearchValues.Create(Printable);
    static readonly SearchValues<char> PlainLines = SearchValues.Create([.. Printable, '\n']);

    // Harmless: they only join letters and emoji.
    const int NonJoiner = 0x200c,
        Joiner = 0x200d;

    /// <summary>The text on one line: <c>\n</c>, <c>\t</c> and <c>\u001b</c> in place of the characters.</summary>
    /// <param name="text">The text; null means empty.</param>
    public static string Line(string? text) => Escape(text ?? "", keepsLines: false);

    /// <summary>The same, but keeps line feeds.</summary>
    /// <param name="text">The text; null means empty.</param>
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
            // Half of a surrogate pair is escaped.
            var isWhole = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) == OperationStatus.Done;
            var signs = text.AsSpan(at, length);
            _ = isWhole && (IsVisible(rune) || (keepsLines && rune.Value == '\n')) ? shown.Append(signs) : AppendEscapes(shown, signs);
            at += length;
        }

        return shown.ToString();
    }

    static bool IsVisible(Rune rune) =>
        rune.Value is NonJoiner or Joiner
        || Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );

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
