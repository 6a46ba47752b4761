namespace Monarch.Workers.GitHub.Text;

/// <summary>GitHub counts a body in Unicode code points, .NET a string in UTF-16 units; a lone surrogate counts as one.</summary>
static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    /// <summary>The longest beginning of <paramref name="text"/> that has at most so many code points.</summary>
    public static string Take(string text, int count)
    {
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count-- <= 0)
                return text[..length];
            length += rune.Utf16SequenceLength;
        }
        return text;
    }
}
