using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Finds references by the rules of GitHub (docs.github.com, "Autolinked references and URLs"): <c>#12</c>, <c>GH-12</c>,
/// <c>owner/name#12</c>, <c>owner#12</c> for the owner of the repository that the text is from, and the address of an issue, a pull
/// request or a discussion, which share their numbers. No letter, digit or underscore may stand before or after it.
/// </summary>
static partial class ReferenceReader
{
    /// <summary>A number that the references in a text do not exceed, found without reading it.</summary>
    public static int MostReferences(string markdown) => MayContain().Count(markdown);

    public static IReadOnlyList<Reference> Read(string markdown, MarkdownDocument? document, ReferenceSource source)
    {
        if (document is null || !MayContain().IsMatch(markdown))
        {
            return [];
        }

        var text = new VisibleTextReader(markdown, url => Address(url, source, orRedirect: true) is not null).Read(document);
        return [.. ReadAddresses(text, source), .. ReadText(text, source)];
    }

    static IEnumerable<Reference> ReadAddresses(VisibleText text, ReferenceSource source)
    {
        foreach (var (index, url) in text.Addresses)
        {
            if (Address(url, source, orRedirect: false) is { } match && Number(match) is { } number)
            {
                var reference = New(text, index, index, index, match, number);

                // Angle brackets may stand around the address.
                var offset = (reference.End - reference.Start - url.Length) / 2;
                yield return reference with
                {
                    NumberStart = reference.Start + offset + match.Groups["number"].Index,
                    Path = PathOf(match, url),
                };
            }
        }
    }

    static IEnumerable<Reference> ReadText(VisibleText text, ReferenceSource source)
    {
        var visible = text.ToString();
        var end = 0;

        foreach (Match match in Pattern().Matches(visible))
        {
            // In "#1#2" the second one becomes a reference when the first one is a link.
            var isApart = match.Index == 0 || match.Index == end || !char.IsAsciiLetterOrDigit(visible[match.Index - 1]);
            if (!isApart || IsPartOfAddress(text, match.Index, source) || !IsReference(match, source) || Number(match) is not { } number)
            {
                continue;
            }

            end = match.Index + match.Length;
            var repository = match.Groups["name"].Success ? Repository(match) : source.FullName;
            var first = match.Index;
            var last = match.Index + match.Length - 1;
            var reference = New(text, first, last, match.Groups["number"].Index, match, number) with { Repository = repository };

            yield return match.Groups["path"].Success
                ? reference with
                {
                    Path = PathOf(match, match.Value),
                }
                : reference with
                {
                    Text = match.Value,
                    Path = $"issues/{number.ToString(CultureInfo.InvariantCulture)}",
                };
        }
    }

    /// <summary>Whether GitHub reads it as a part of the address before. When that is a reference itself, it is written in another form.</summary>
    static bool IsPartOfAddress(VisibleText text, int index, ReferenceSource source) =>
        text.FollowsBareAddress(index)
        && !(Address(text.Addresses[index - 1], source, orRedirect: false) is { } address && Number(address) is not null);

    static Reference New(VisibleText text, int first, int last, int numberIndex, Match match, int number)
    {
        var (start, end) = (text[first], text[last]);
        return new Reference(
            start.Start,
            end.End + 1,
            text[numberIndex].Start,
            start.Place,
            Repository(match),
            number,
            $"{Repository(match)}#{number.ToString(CultureInfo.InvariantCulture)}",
            Path: "",
            JoinsBefore: first > 0 && text[first - 1].End + 1 == start.Start && text[first - 1].End >= text[first - 1].Start,
            JoinsAfter: last + 1 < text.Length && text[last + 1].Start == end.End + 1 && text[last + 1].End >= text[last + 1].Start
        );
    }

    /// <summary>The path <c>owner/name/issues/12</c> without a host is a reference only to the source; elsewhere it may be any path.</summary>
    static bool IsReference(Match match, ReferenceSource source)
    {
        if (match.Groups["host"].Success)
        {
            return source.IsHost(match.Groups["host"].Value);
        }

        if (match.Groups["path"].Success)
        {
            return source.IsNamed(Repository(match));
        }

        return match.Groups["name"].Success || !match.Groups["owner"].Success || source.IsOwnedBy(match.Groups["owner"].Value);
    }

    static Match? Address(string url, ReferenceSource source, bool orRedirect)
    {
        var match = Pattern().Match(url);
        var (host, number) = (match.Groups["host"], match.Groups["number"]);
        var end = number.Index + number.Length;

        return
            match is { Success: true, Index: 0 }
            && host.Success
            && (
                source.IsHost(host.Value)
                || (orRedirect && host.Value.Equals(ReferenceSource.RedirectHost, StringComparison.OrdinalIgnoreCase))
            )
            && (end == url.Length || url[end] is '/' or '?' or '#')
            ? match
            : null;
    }

    static string Repository(Match match) => $"{match.Groups["owner"].Value}/{match.Groups["name"].Value}";

    static int? Number(Match match) =>
        int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The path, and the query and fragment unless a character in them has a meaning in Markdown or HTML.</summary>
    static string PathOf(Match match, string url)
    {
        var number = match.Groups["number"];
        var end = number.Index - match.Index + number.Length;
        var path = url[(match.Groups["path"].Index - match.Index)..end];
        var rest = url[end..];
        return Harmless().IsMatch(rest) ? path + rest : path;
    }

    const string Owner = "(?<owner>[A-Z0-9_](?:-?[A-Z0-9_]){0,99})";
    const string Name = "(?<name>[A-Z0-9._-]{1,100})";
    const string NumberPattern = "(?<number>[1-9][0-9]{0,9})(?![A-Z0-9_])";
    const string Host = @"(?:https?://)?(?:www\.)?(?<host>[A-Z0-9.-]{1,253}(?::[0-9]{1,5})?)/";

    // All quantifiers are bounded, so that no text costs more than its length.
    const string Any =
        $"(?<![A-Z0-9_/.:@-])(?:{Host})?{Owner}/{Name}/(?<path>(?:issues|pull|discussions)/{NumberPattern})"
        + @"(?:[/?#][^\s\0\uFFFC<>()\[\]""'@*]{0,1000}[A-Z0-9_/-])?"
        + $"|(?:(?<![A-Z0-9_])(?:{Owner}(?:/{Name})?)?|\\G)#{NumberPattern}"
        + $"|(?<![A-Z0-9_])GH-{NumberPattern}";

    [GeneratedRegex(Any, RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex("#|GH-|/(?:issues|pull|discussions)/|&num;|&#", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MayContain();

    [GeneratedRegex(@"\A[A-Za-z0-9/?#=&_.%~+-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();
}
