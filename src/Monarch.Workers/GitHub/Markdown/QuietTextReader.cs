using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Visits a parsed text and marks the parts without mentions.</summary>
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
                    // Markdig keeps the span of a title rejected because text follows on its line; the whole line is text.
                    if (!string.IsNullOrEmpty(definition.Title))
                    {
                        AddInside(definition.TitleSpan, definition.Span);
                    }

                    break;
                case LeafBlock { Inline: { } text } leaf:
                    if (text.Descendants<Inline>().All(x => Placement.IsCorrect(x, source)))
                    {
                        AddInlines(text, inTable: leaf.Parent is TableCell);
                    }
                    else
                    {
                        AddDoubtful(leaf.Span);
                    }

                    break;
            }
        }
    }

    void AddCode(CodeBlock code)
    {
        var end = code.Span.End;

        // The span of an unclosed fence is only its first line.
        if (code.Lines.Count > 0)
        {
            var lineEnd = source.AsSpan(code.Lines.Lines[code.Lines.Count - 1].Position).IndexOfAny('\r', '\n');
            end = lineEnd < 0 ? source.Length - 1 : Math.Max(end, code.Lines.Lines[code.Lines.Count - 1].Position + lineEnd);
        }
        quiet.Add(code.Span.Start, end);
    }

    void AddHtml(HtmlBlock html)
    {
        var (text, positions) = HtmlLines.Read(html, source);
        AddTags(HtmlTags.Read(text, positions));
    }

    void AddInlines(ContainerInline text, bool inTable)
    {
        var tags = new List<HtmlTag>();

        foreach (var inline in text.Descendants<Inline>())
        {
            // The text of an image is a plain attribute, without code and tags.
            if (IsInImage(inline))
            {
                continue;
            }

            // GitHub first divides a row into cells, so an inline that spans two cells is not parsed as such.
            if (inTable && CrossesCells(inline.Span))
            {
                continue;
            }

            AddInline(inline);

            if (inline is HtmlInline html)
            {
                tags.Add(HtmlTags.Named(html.Tag, html.Span.Start, html.Span.End));
            }
            else if (inline is not (LiteralInline or LineBreakInline or HtmlEntityInline))
            {
                tags.Add(HtmlTag.OfMarkdown);
            }
        }
        AddTags(tags);
    }

    /// <summary>Marks the whole span as text, in which every underscore may be emphasis.</summary>
    void AddDoubtful(SourceSpan span)
    {
        for (var position = Math.Max(1, span.Start); position < source.Length && position <= span.End + 1; position++)
        {
            if (source[position - 1] == '_')
            {
                quiet.AddTextStart(position);
            }
        }
    }

    void AddInline(Inline inline)
    {
        switch (inline)
        {
            case CodeInline or AutolinkInline:
                quiet.Add(inline.Span.Start, inline.Span.End);
                break;
            // GitHub does not link this scheme.
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
        for (var position = span.Start + 1; position <= span.End; position++)
        {
            if (source[position] == '|' && source[position - 1] != '\\')
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Code has no mentions when it contains only text: with tags inside, an HTML parser may end it elsewhere.</summary>
    void AddTags(IEnumerable<HtmlTag> tags)
    {
        HtmlTag? before = null;
        foreach (var tag in tags)
        {
            quiet.Add(tag.Start, tag.End);
            if (before is { IsCode: true, IsClosing: false } opening && tag.IsClosing && tag.Name == opening.Name)
            {
                quiet.Add(opening.End + 1, tag.Start - 1);
            }

            before = tag;
        }
    }

    /// <summary>
    /// Markdig reports a missing part at the first character of the text, and the parts of a reference at its definition.
    /// </summary>
    void AddInside(SourceSpan span, SourceSpan whole)
    {
        if (span.Start > whole.Start && span.End <= whole.End)
        {
            quiet.Add(span.Start, span.End);
        }
    }
}
