using System.Buffers;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Finds the tags and comments of an HTML fragment, as a browser does.</summary>
static class HtmlTags
{
    /// <summary>
    /// Reads <paramref name="html"/>; <paramref name="positions"/> contains the source position of each character, since the lines of a
    /// quotation are not adjacent in the source. An unclosed tag and all following text count as text, which is linear and safe.
    /// </summary>
    public static IEnumerable<HtmlTag> Read(string html, IReadOnlyList<int> positions) =>
        ReadWithIndexes(html, positions).Select(x => x.Tag);

    /// <summary>Reads <paramref name="html"/>; each tag with the indexes, in that text, of its first and last character.</summary>
    public static IEnumerable<(HtmlTag Tag, int First, int Last)> ReadWithIndexes(string html, IReadOnlyList<int> positions)
    {
        for (var start = html.IndexOf('<', StringComparison.Ordinal); start >= 0; start = html.IndexOf('<', start))
        {
            if (!IsTag(html, start))
            {
                start++;
                continue;
            }

            var end = End(html, start);
            if (end < 0)
            {
                yield break;
            }

            yield return (Named(html.AsSpan(start, end - start + 1), positions[start], positions[end]), start, end);
            start = end + 1;
        }
    }

    /// <summary>Reads <paramref name="html"/> as one tag.</summary>
    public static HtmlTag Named(ReadOnlySpan<char> html, int start, int end)
    {
        var isClosing = html.StartsWith("</");
        var name = html[(isClosing ? 2 : 1)..];
        var length = name.IndexOfAnyExcept(NameCharacters);
        return new HtmlTag(start, end, name[..Math.Max(0, length)].ToString().ToLowerInvariant(), isClosing);
    }

    static bool IsTag(string html, int start) =>
        start + 1 < html.Length
        && (
            html[start + 1] is '!' or '?'
            || char.IsAsciiLetter(html[start + 1])
            || (html[start + 1] == '/' && start + 2 < html.Length && char.IsAsciiLetter(html[start + 2]))
        );

    static int End(string html, int start)
    {
        if (string.CompareOrdinal(html, start, "<!--", 0, 4) == 0)
        {
            return CommentEnd(html, start);
        }

        if (html[start + 1] is '!' or '?')
        {
            return html.IndexOf('>', start);
        }

        // A quoted value may contain '>'; a quotation mark elsewhere has no meaning.
        var (quote, before) = ('\0', '\0');
        for (var i = start + 1; i < html.Length; i++)
        {
            if (quote != '\0')
            {
                quote = html[i] == quote ? '\0' : quote;
            }
            else if (html[i] == '>')
            {
                return i;
            }
            else if (html[i] is '"' or '\'' && before == '=')
            {
                quote = html[i];
            }

            if (!char.IsWhiteSpace(html[i]))
            {
                before = html[i];
            }
        }
        return -1;
    }

    // A browser also ends a comment at "--!>", and "<!-->" is a complete comment.
    static int CommentEnd(string html, int start)
    {
        var end = html.IndexOf("-->", start + 2, StringComparison.Ordinal);
        var oddEnd = html.IndexOf("--!>", start + 4, StringComparison.Ordinal);
        if (oddEnd >= 0 && (end < 0 || oddEnd < end))
        {
            return oddEnd + 3;
        }

        return end < 0 ? -1 : end + 2;
    }

    static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
    );
}

/// <summary>A tag, or a comment (with an empty name), and the positions of its first and last character.</summary>
readonly record struct HtmlTag(int Start, int End, string Name, bool IsClosing)
{
    /// <summary>Represents the tags rendered for emphasis, links and code, which have no position in the source.</summary>
    public static readonly HtmlTag OfMarkdown = new(-1, -1, "", IsClosing: false);

    /// <summary>Whether GitHub ignores mentions inside the tag.</summary>
    public bool IsCode => Name is "code" or "pre" or "tt";

    /// <summary>Whether GitHub ignores references inside the tag.</summary>
    public bool HasNoReferences => IsCode || Name == Link;

    /// <summary>The name of a link's tag.</summary>
    public const string Link = "a";
}
