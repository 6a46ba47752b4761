using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Monarch.Workers.Deployments.Running.Output;

/// <summary>Makes text of what a command writes: safe to be shown in a terminal, a log or a page.</summary>
static partial class OutputText
{
    /// <param name="bytes">A line; what is not UTF-8 is replaced.</param>
    /// <param name="isCut">Whether it is only the beginning of one.</param>
    public static string Of(ReadOnlySpan<byte> bytes, bool isCut)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var rune in Sequence().Replace(Encoding.UTF8.GetString(isCut ? WithoutHalf(bytes) : bytes), "").EnumerateRunes())
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

    // The cut may have gone through a character.
    static ReadOnlySpan<byte> WithoutHalf(ReadOnlySpan<byte> bytes)
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

    static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // A terminal's: colours and cursor moves, titles, device strings, and the short ones.
    [GeneratedRegex(@"(?:\x1B\[|\x9B)[0-?]*[ -/]*[@-~]|\x1B\][^\x07\x1B]*(?:\x07|\x1B\\)?|\x1B[PX^_][^\x1B]*(?:\x1B\\)?|\x1B[ -/]*[0-Z\\`-~]", RegexOptions.CultureInvariant)]
    private static partial Regex Sequence();
}
