namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Finds code fences line by line, for a text that the parser rejects.</summary>
static class Fences
{
    public static IEnumerable<Fence> Read(string text)
    {
        Fence? open = null;

        var start = 0;
        while (start < text.Length)
        {
            var lineEnd = text.IndexOf('\n', start);
            var end = lineEnd < 0 ? text.Length : lineEnd + 1;

            if (TryRead(text.AsSpan(start, end - start), out var character, out var length, out var info))
            {
                if (open is null)
                {
                    open = IsOpening(character, info) ? new Fence(start, text.Length, character, length, IsClosed: false) : null;
                }
                else if (character == open.Character && length >= open.Length && info.Length == 0)
                {
                    yield return open with
                    {
                        End = end,
                        IsClosed = true,
                    };
                    open = null;
                }
            }
            start = end;
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    // With a backtick in the rest of the line it is inline code.
    static bool IsOpening(char character, string info) => character == '~' || !info.Contains('`', StringComparison.Ordinal);

    static bool TryRead(ReadOnlySpan<char> line, out char character, out int length, out string info)
    {
        var unindented = line.TrimStart(' ');
        character = unindented.Length > 0 ? unindented[0] : '\0';
        var rest = unindented.TrimStart(character);
        length = unindented.Length - rest.Length;
        info = "";

        if (character is not ('`' or '~') || length < 3 || line.Length - unindented.Length > 3)
        {
            return false;
        }

        info = rest.Trim().ToString();
        return true;
    }
}

/// <summary>A code fence at the margin, from its opening line to its closing line or the end of the text.</summary>
sealed record Fence(int Start, int End, char Character, int Length, bool IsClosed);
