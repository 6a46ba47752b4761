using System.Net;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Disarms <c>@name</c> and <c>@org/team</c> with a zero-width space after the <c>@</c>. Uses the character and not the entity
/// <c>&amp;#8203;</c>: both are invisible in Markdown and HTML, but the entity would be visible where GitHub finds code and we do not. No
/// other character of the text changes.
/// </summary>
static partial class Mentions
{
    const string ZeroWidthSpace = "\u200B";

    /// <param name="markdown">The text.</param>
    /// <param name="document">The parsed text; null when the parser rejected it.</param>
    public static string Disarm(string markdown, MarkdownDocument? document) => TextEdit.Apply(markdown, Edits(markdown, document));

    /// <summary>The changes of <see cref="Disarm"/>.</summary>
    public static IEnumerable<TextEdit> Edits(string markdown, MarkdownDocument? document)
    {
        var signs = Sign().Matches(markdown);
        if (signs.Count == 0)
        {
            yield break;
        }

        var quiet = QuietText.Read(markdown, document);
        foreach (Match sign in signs)
        {
            var end = sign.Index + sign.Length;
            if (!quiet.Contains(sign.Index) && BeginsName(markdown, end) && !IsInsideWord(markdown, sign.Index, quiet))
            {
                yield return new TextEdit(end, end, ZeroWidthSpace);
            }
        }
    }

    /// <summary>A name begins with an ASCII letter or digit, which may be written as an entity.</summary>
    static bool BeginsName(string text, int position)
    {
        if (position >= text.Length)
        {
            return false;
        }

        if (text[position] != '&')
        {
            return char.IsAsciiLetterOrDigit(text[position]);
        }

        var entity = Entity().Match(text, position);
        return entity.Success && char.IsAsciiLetterOrDigit(WebUtility.HtmlDecode(entity.Value)[0]);
    }

    /// <summary>GitHub requires a character before the @ that is not part of a word, unlike in an e-mail address.</summary>
    static bool IsInsideWord(string text, int position, QuietText quiet)
    {
        if (position == 0 || quiet.TextBeginsAt(position))
        {
            return false;
        }

        var before = text[position - 1];
        return char.IsAsciiLetterOrDigit(before) || before == '_' || (before is '-' or '+' && IsAddress(text, position));
    }

    // GitHub links name-@example.org as an e-mail address.
    static bool IsAddress(string text, int position)
    {
        var start = position;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '-' or '+'))
        {
            start--;
        }

        return text.AsSpan(start, position - start).ContainsAnyInRange('0', 'z') && Domain().IsMatch(text, position);
    }

    [GeneratedRegex("@|&(?:#0{0,5}64|#[xX]0{0,4}40|commat);", RegexOptions.CultureInvariant)]
    private static partial Regex Sign();

    [GeneratedRegex(@"\G&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();

    [GeneratedRegex(@"\G@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();
}
