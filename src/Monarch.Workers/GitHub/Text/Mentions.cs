using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Text;

/// <summary>
/// Makes <c>@name</c> and <c>@org/team</c> mention nobody, by a zero-width space after the <c>@</c>. It is the character itself and not the
/// entity <c>&amp;#8203;</c>: both show nothing in Markdown and in HTML, but the entity would show where GitHub sees code and we did not.
/// No other character of the text changes.
/// </summary>
static partial class Mentions
{
    const char ZeroWidthSpace = '\u200B';

    /// <param name="markdown">The text.</param>
    /// <param name="document">The text as it was parsed; null when it was too much for the parser.</param>
    public static string MakeHarmless(string markdown, MarkdownDocument? document)
    {
        var signs = Sign().Matches(markdown);
        if (signs.Count == 0)
            return markdown;

        var quiet = QuietText.Read(markdown, document);
        var result = new StringBuilder(markdown.Length + signs.Count);
        var copied = 0;

        foreach (Match sign in signs)
        {
            var end = sign.Index + sign.Length;
            if (quiet.Contains(sign.Index) || !BeginsName(markdown, end) || IsInsideWord(markdown, sign.Index, quiet))
                continue;

            result.Append(markdown, copied, end - copied).Append(ZeroWidthSpace);
            copied = end;
        }
        return result.Append(markdown, copied, markdown.Length - copied).ToString();
    }

    /// <summary>A name begins with a letter or a digit of ASCII, which may be written as an entity.</summary>
    static bool BeginsName(string text, int place)
    {
        if (place >= text.Length)
            return false;
        if (text[place] != '&')
            return char.IsAsciiLetterOrDigit(text[place]);

        var entity = Entity().Match(text, place);
        return entity.Success && char.IsAsciiLetterOrDigit(WebUtility.HtmlDecode(entity.Value)[0]);
    }

    /// <summary>GitHub wants a character before the @ that belongs to no word; an e-mail address has one that does.</summary>
    static bool IsInsideWord(string text, int place, QuietText quiet)
    {
        if (place == 0 || quiet.TextBeginsAt(place))
            return false;

        var before = text[place - 1];
        return char.IsAsciiLetterOrDigit(before) || before == '_' || (before is '-' or '+' && IsAddress(text, place));
    }

    // name-@example.org: odd, but GitHub makes an e-mail link of it.
    static bool IsAddress(string text, int place)
    {
        var start = place;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '-' or '+'))
            start--;
        return text.AsSpan(start, place - start).ContainsAnyInRange('0', 'z') && Domain().IsMatch(text, place);
    }

    [GeneratedRegex("@|&(?:#0{0,5}64|#[xX]0{0,4}40|commat);", RegexOptions.CultureInvariant)]
    private static partial Regex Sign();

    [GeneratedRegex(@"\G&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();

    [GeneratedRegex(@"\G@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Domain();
}
