using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Monarch.Workers.GitHub.Text;

/// <summary>Walks through a parsed text and notes what is quiet in it.</summary>
sealed class QuietTextReader(string source, QuietText quiet)
{
    public void Read(MarkdownDocument document)
    {
        foreach (var block in document.Descendants())
        {
            switch (block)
            {
                case CodeBlock code:
                    AddCode(code);
                    break;
                case HtmlBlock html:
                    AddHtml(html);
                    break;
                case LinkReferenceDefinition definition when source[Math.Max(0, definition.Span.Start)] == '[':
                    AddInside(definition.UrlSpan, definition.Span);
                    // Markdig keeps the span of a title that it rejected because more text follows on its line: all of that line is text.
                    if (!string.IsNullOrEmpty(definition.Title))
                        AddInside(definition.TitleSpan, definition.Span);
                    break;
                case LeafBlock { Inline: { } text } leaf:
                    if (text.Descendants<Inline>().All(x => Placement.IsRight(x, source)))
                        AddInlines(text, inTable: leaf.Parent is TableCell);
                    else
                        AddDoubtful(leaf.Span);
                    break;
            }
        }
    }

    void AddCode(CodeBlock code)
    {
        var end = code.Span.End;

        // The span of a fence that is never closed is its first line alone.
        if (code.Lines.Count > 0)
        {
            var lineEnd = source.AsSpan(code.Lines.Lines[code.Lines.Count - 1].Position).IndexOfAny('\r', '\n');
            end = lineEnd < 0 ? source.Length - 1 : Math.Max(end, code.Lines.Lines[code.Lines.Count - 1].Position + lineEnd);
        }
        quiet.Add(code.Span.Start, end);
    }

    void AddHtml(HtmlBlock html)
    {
        var text = new StringBuilder();
        var places = new List<int>();

        for (var i = 0; i < html.Lines.Count; i++)
        {
            var line = html.Lines.Lines[i].Slice;
            for (var place = line.Start; place <= line.End; place++)
            {
                text.Append(line.Text[place]);
                places.Add(place);
            }
            text.Append('\n');
            places.Add(line.End);
        }
        AddTags(HtmlTags.Read(text.ToString(), places));
    }

    void AddInlines(ContainerInline text, bool inTable)
    {
        var tags = new List<HtmlTag>();

        foreach (var inline in text.Descendants<Inline>())
        {
            // An image shows its text as a plain attribute, without code and tags.
            if (IsInImage(inline))
                continue;

            // GitHub divides a row into cells before anything else: what reaches across a cell's border is not what it seems.
            if (inTable && CrossesCells(inline.Span))
                continue;

            AddInline(inline);

            if (inline is HtmlInline html)
                tags.Add(HtmlTags.Named(html.Tag, html.Span.Start, html.Span.End));
            else if (inline is not (LiteralInline or LineBreakInline or HtmlEntityInline))
                tags.Add(HtmlTag.OfMarkdown);
        }
        AddTags(tags);
    }

    /// <summary>Nothing here is quiet, and every underscore may be emphasis.</summary>
    void AddDoubtful(SourceSpan span)
    {
        for (var place = Math.Max(1, span.Start); place < source.Length && place <= span.End + 1; place++)
        {
            if (source[place - 1] == '_')
                quiet.AddTextStart(place);
        }
    }

    void AddInline(Inline inline)
    {
        switch (inline)
        {
            case CodeInline or AutolinkInline:
                quiet.Add(inline.Span.Start, inline.Span.End);
                break;
            // Not one of GitHub's schemes.
            case LinkInline { IsAutoLink: true, Url: { } url } when !url.StartsWith("tel:", StringComparison.OrdinalIgnoreCase):
                quiet.Add(inline.Span.Start, inline.Span.End);
                quiet.AddTextStart(inline.Span.End + 1);
                break;
            case LinkInline { IsAutoLink: false } link:
                AddInside(link.UrlSpan, link.Span);
                AddInside(link.TitleSpan, link.Span);
                break;
            case EmphasisInline emphasis:
                quiet.AddTextStart(emphasis.Span.Start + emphasis.DelimiterCount);
                quiet.AddTextStart(emphasis.Span.End + 1);
                break;
        }
    }

    static bool IsInImage(Inline inline) => inline.Parent?.FindParentOfType<LinkInline>().Any(x => x.IsImage) == true;

    bool CrossesCells(SourceSpan span)
    {
        for (var place = span.Start + 1; place <= span.End; place++)
        {
            if (source[place] == '|' && source[place - 1] != '\\')
                return true;
        }
        return false;
    }

    /// <summary>Code is quiet when nothing but text is in it: with tags inside, an HTML parser may see its end elsewhere.</summary>
    void AddTags(IEnumerable<HtmlTag> tags)
    {
        HtmlTag? before = null;
        foreach (var tag in tags)
        {
            quiet.Add(tag.Start, tag.End);
            if (before is { IsCode: true, IsClosing: false } opening && tag.IsClosing && tag.Name == opening.Name)
                quiet.Add(opening.End + 1, tag.Start - 1);
            before = tag;
        }
    }

    /// <summary>Markdig leaves a span at the text's first character where there is nothing; it tells of a reference where its definition is.</summary>
    void AddInside(SourceSpan span, SourceSpan whole)
    {
        if (span.Start > whole.Start && span.End <= whole.End)
            quiet.Add(span.Start, span.End);
    }
}
