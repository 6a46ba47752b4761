using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Monarch.Workers.Deployments.Running.Output;

/// <summary>Converts the output of a command to text that is safe to show in a terminal, a log or a page.</summary>
static partial class OutputText
{
    /// <param name="bytes">A line; invalid UTF-8 is replaced.</param>
    /// <param name="isCut">Whether the line was truncated.</param>
    public static string Of(ReadOnlySpan<byte> bytes, bool isCut)
    {
        var text = new StringBuilder(bytes.Length);
        var line = Encoding.UTF8.GetString(isCut ? WithoutPartialCharacter(bytes) : bytes);
        foreach (var rune in Sequence().Replace(line, "").EnumerateRunes())
        {
            if (rune.Value == '\t')
            {
                text.Append(' ');
            }
            else if (!IsInvisible(rune))
            {
                text.Append(rune);
            }
        }

        return text.Append(isCut ? "…" : "").ToString();
    }

    // The truncation may have split a character.
    static ReadOnlySpan<byte> WithoutPartialCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var length = 1; length <= Math.Min(3, bytes.Length); length++)
        {
            if (Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == OperationStatus.NeedMoreData)
            {
                return bytes[..^length];
            }
        }

        return bytes;
    }

    static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    // Terminal sequences: colours and cursor moves, titles, device control strings, and short escapes.
    [GeneratedRegex(
        @"(?:\x1B\[|\x9B)[0-?]*[ -/]*[@-~]|\x1B\][^\x07\x1B]*(?:\x07|\x1B\\)?|\x1B[PX^_][^\x1B]*(?:\x1B\\)?|\x1B[ -/]*[0-Z\\`-~]",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Sequence();
}
