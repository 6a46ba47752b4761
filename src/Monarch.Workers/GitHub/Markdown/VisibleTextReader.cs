using System.Net;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Reads the visible text of a parsed document. In doubt a text is left out: a reference that is not found stays as it was written, but
/// code must never change. (<see cref="QuietText"/> decides the other way, since a mention must not notify an account.)
/// </summary>
/// <param name="source">The parsed text.</param>
/// <param name="leadsToIssue">Whether an address is that of an issue, so that the text of its link names that issue.</param>
sealed partial class VisibleTextReader(string source, Func<string, bool> leadsToIssue)
{
    // The parser replaces this character.
    readonly string _source = source.Replace('\0', '\uFFFD');
    readonly VisibleText _text = new();

    // The open element in which GitHub finds no references, and how often it is open. It may extend over several blocks.
    string? _element;
    int _depth;

    public VisibleText Read(MarkdownDocument document)
    {
        // Footnotes are the last blocks of a document, regardless of their position.
        foreach (var block in document.Descendants<LeafBlock>().OrderBy(x => x.Span.Start))
        {
            switch (block)
            {
                case HtmlBlock html:
                    Read(html);
                    break;
                case { Inline: { } inlines }:
                    Read(inlines);
                    break;
            }
        }
        return _text;
    }

    void Read(ContainerInline inlines)
    {
        var before = _element;
        foreach (var inline in inlines.Descendants<Inline>())
        {
            Read(inline);
        }

        // A text about the tag does not close it, and later paragraphs are no part of a link.
        if (before is null && _element == HtmlTag.Link)
        {
            (_element, _depth) = (null, 0);
        }
    }

    void Read(Inline inline)
    {
        switch (inline)
        {
            case HtmlInline html:
                Enter(HtmlTags.Named(html.Tag, html.Span.Start, html.Span.End));
                break;
            case AutolinkInline { IsEmail: false } address when IsAddress(address):
                _text.AddAddress(address.Url, address.Span.Start, address.Span.End);
                break;
            case LinkInline { IsAutoLink: true } address when IsAddress(address):
                _text.AddAddress(_source[address.Span.Start..(address.Span.End + 1)], address.Span.Start, address.Span.End);
                break;
            case LiteralInline literal when PlaceOf(literal) is { } place:
                Read(literal, place);
                break;
            case HtmlEntityInline entity when PlaceOf(entity) is { } place && Contains(entity.Span, entity.Original.AsSpan()):
                Add(entity.Transcoded.ToString(), entity.Span.Start, entity.Span.End, place);
                break;
        }
    }

    bool IsAddress(Inline address) => _element is null && Placement.IsCorrect(address, _source) && PlaceOf(address) == TextPlace.Text;

    /// <summary>Null where GitHub finds no reference, or where a change would break a link.</summary>
    TextPlace? PlaceOf(Inline inline)
    {
        var place = _element is null ? TextPlace.Text : (TextPlace?)null;

        for (var parent = inline.Parent; parent is not null && place is not null; parent = parent.Parent)
        {
            if (parent is LinkInline link)
            {
                place = IsKept(link) ? null : TextPlace.LinkText;
            }
        }
        return place;
    }

    // The text of an image is an attribute; that of a link without a separate label is its label.
    bool IsKept(LinkInline link) =>
        link.IsImage
        || link.IsAutoLink
        || !Placement.IsCorrect(link, _source)
        || leadsToIssue(link.Url ?? "")
        || (link.Reference is not null && (link.IsShortcut || _source.AsSpan(0, link.Span.End + 1).EndsWith("[]")));

    /// <summary>Adds a literal if it is at the position that the parser reports.</summary>
    void Read(LiteralInline literal, TextPlace place)
    {
        if (Placement.ContentOf(literal, _source) is not { } start)
        {
            return;
        }

        var content = literal.Content.AsSpan();
        var isEscaped = start > literal.Span.Start && _source[start - 1] == '\\';
        for (var i = 0; i < content.Length; i++)
        {
            _text.Add(content[i], isEscaped && i == 0 ? start - 1 : start + i, start + i, place);
        }
    }

    bool Contains(SourceSpan span, ReadOnlySpan<char> text) =>
        span.Start >= 0
        && span.End < _source.Length
        && span.Start <= span.End
        && _source.AsSpan(span.Start, span.Length).SequenceEqual(text);

    void Read(HtmlBlock block)
    {
        var (html, positions) = HtmlLines.Read(block, _source);
        var start = 0;

        foreach (var (tag, first, last) in HtmlTags.ReadWithIndexes(html, positions))
        {
            ReadHtmlText(html[start..first], positions, start);
            Enter(tag);
            start = last + 1;
        }

        // What begins like a tag and does not end may be an attribute.
        var rest = html[start..];
        var doubtful = TagStart().Match(rest);
        ReadHtmlText(doubtful.Success ? rest[..doubtful.Index] : rest, positions, start);
    }

    void ReadHtmlText(string html, IReadOnlyList<int> positions, int offset)
    {
        if (_element is not null)
        {
            return;
        }

        var start = 0;
        foreach (Match entity in Entity().Matches(html))
        {
            AddEach(start, entity.Index);
            var last = entity.Index + entity.Length - 1;
            Add(WebUtility.HtmlDecode(entity.Value), positions[offset + entity.Index], positions[offset + last], TextPlace.Html);
            start = last + 1;
        }
        AddEach(start, html.Length);

        void AddEach(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                // The end of a line has the position of the character before it.
                if (html[i] != '\n')
                {
                    Add(html[i].ToString(), positions[offset + i], positions[offset + i], TextPlace.Html);
                }
            }
        }
    }

    void Add(string characters, int start, int end, TextPlace place)
    {
        for (var i = 0; i < characters.Length; i++)
        {
            // Of an entity that stands for two characters, the second one has no position.
            _text.Add(characters[i], i == 0 ? start : end + 1, end, place);
        }
    }

    void Enter(HtmlTag tag)
    {
        if (_element is null ? !tag.HasNoReferences || tag.IsClosing : tag.Name != _element)
        {
            return;
        }

        _element = tag.Name;
        _depth += tag.IsClosing ? -1 : 1;
        if (_depth == 0)
        {
            _element = null;
        }
    }

    [GeneratedRegex("<[A-Za-z/!?]", RegexOptions.CultureInvariant)]
    private static partial Regex TagStart();

    [GeneratedRegex("&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
