namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Counts Unicode code points, as GitHub does for a body; a lone surrogate counts as one.</summary>
static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>The longest prefix of <paramref name="text"/> with at most <paramref name="count"/> code points.</summary>
    public static string Take(string text, int count)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count-- <= 0)
            {
                return text[..length];
            }

            length += rune.Utf16SequenceLength;
        }
        return text;
    }
}
