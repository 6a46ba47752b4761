using Markdig.Syntax.Inlines;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Verifies Markdig's source positions, which are not always correct (after <c>#</c> and a tab they are off by one). A wrong position of
/// code would leave a mention next to it unchanged.
/// </summary>
static class Placement
{
    public static bool IsCorrect(Inline inline, string source) =>
        inline switch
        {
            CodeInline code => IsBetween(code, source, code.Delimiter, code.Delimiter),
            AutolinkInline or HtmlInline => IsBetween(inline, source, '<', '>'),
            EmphasisInline emphasis => IsBetween(emphasis, source, emphasis.DelimiterChar, emphasis.DelimiterChar),
            LinkInline { IsAutoLink: true } link => IsText(link, source),
            LinkInline { IsImage: true } => IsBetween(inline, source, '!', ')') || IsBetween(inline, source, '!', ']'),
            LinkInline => IsBetween(inline, source, '[', ')') || IsBetween(inline, source, '[', ']'),
            _ => true,
        };

    /// <summary>
    /// The position of a literal's first character, after a backslash that escapes it; null when it is not where the parser reports it.
    /// White space at both ends may be missing in the content.
    /// </summary>
    public static int? ContentOf(LiteralInline literal, string source)
    {
        var content = literal.Content.AsSpan();
        if (content.IsEmpty || !IsInside(literal, source))
        {
            return null;
        }

        var written = source.AsSpan(literal.Span.Start, literal.Span.Length);
        var isEscaped = literal.IsFirstCharacterEscaped && written[0] == '\\';
        var offset = isEscaped ? 1 : written.IndexOf(content, StringComparison.Ordinal);
        return
            offset >= 0
            && written[offset..].StartsWith(content, StringComparison.Ordinal)
            && (isEscaped || written[..offset].IsWhiteSpace())
            && written[(offset + content.Length)..].IsWhiteSpace()
            ? literal.Span.Start + offset
            : null;
    }

    // Without "mailto:", which is not rendered.
    static bool IsText(LinkInline link, string source) =>
        link.FirstChild is LiteralInline text
        && IsInside(link, source)
        && source.AsSpan(link.Span.Start, link.Span.Length).EndsWith(text.Content.AsSpan(), StringComparison.Ordinal);

    static bool IsBetween(Inline inline, string source, char first, char last) =>
        IsInside(inline, source) && source[inline.Span.Start] == first && source[inline.Span.End] == last;

    static bool IsInside(Inline inline, string source) =>
        inline.Span.Start >= 0 && inline.Span.End >= inline.Span.Start && inline.Span.End < source.Length;
}
