using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Renders a text with one sign in the place of each reference, so that two texts that differ only in how their references are written are
/// rendered alike. Zero-width spaces are left out, also in addresses.
/// </summary>
sealed class RenderedText
{
    const char ReferenceSign = '\uFFFC';

    readonly string _source;

    // For each position the number of the reference there; 0 where there is none.
    readonly int[] _references;
    int _written;

    RenderedText(string source, IEnumerable<TextEdit> references)
    {
        // The parser replaces this character.
        _source = source.Replace('\0', '\uFFFD');
        _references = new int[source.Length];

        var number = 0;
        foreach (var reference in references.OrderBy(x => x.Start))
        {
            _references.AsSpan(reference.Start..reference.End).Fill(++number);
        }
    }

    /// <summary>Null when the text is nested too deeply for the renderer.</summary>
    /// <param name="source">The text.</param>
    /// <param name="document">The parsed text.</param>
    /// <param name="references">The ranges of the references.</param>
    public static string? Of(string source, MarkdownDocument document, IEnumerable<TextEdit> references)
    {
        var text = new RenderedText(source, references);
        return GitHubMarkdown
            .TryRender(document, text.AddTo)
            ?.Replace("\u200B", "", StringComparison.Ordinal)
            .Replace("%E2%80%8B", "", StringComparison.Ordinal);
    }

    void AddTo(HtmlRenderer html)
    {
        var renderers = html.ObjectRenderers;
        renderers.FindExact<LinkInlineRenderer>()?.TryWriters.Add(TryWrite);
        renderers.FindExact<AutolinkInlineRenderer>()?.TryWriters.Add(TryWrite);
        renderers.FindExact<CodeInlineRenderer>()?.TryWriters.Add(TryWrite);
        renderers.FindExact<HtmlEntityInlineRenderer>()?.TryWriters.Add(TryWrite);
        renderers.FindExact<LiteralInlineRenderer>()?.TryWriters.Add(TryWriteLiteral);
        renderers.FindExact<HtmlBlockRenderer>()?.TryWriters.Add(TryWriteHtml);
    }

    bool TryWrite(HtmlRenderer html, Inline inline)
    {
        var number = ReferenceAt(inline.Span.Start);
        if (number == 0 || ReferenceAt(inline.Span.End) != number)
        {
            return false;
        }

        WriteSign(html, number);
        return true;
    }

    bool TryWriteLiteral(HtmlRenderer html, LiteralInline literal)
    {
        if (Placement.ContentOf(literal, _source) is not { } start)
        {
            return false;
        }

        Write(html, literal.Content.AsSpan(), i => ReferenceAt(start + i));
        return true;
    }

    bool TryWriteHtml(HtmlRenderer html, HtmlBlock block)
    {
        var (text, positions) = HtmlLines.Read(block, _source);
        Write(html, text, i => text[i] == '\n' ? 0 : ReferenceAt(positions[i]));
        return true;
    }

    void Write(HtmlRenderer html, ReadOnlySpan<char> text, Func<int, int> referenceAt)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (referenceAt(i) is not 0 and var number)
            {
                html.WriteEscape(text[start..i]);
                WriteSign(html, number);
                start = i + 1;
            }
        }
        html.WriteEscape(text[start..]);
    }

    // A reference may be rendered in several pieces: an entity, and the text after it.
    void WriteSign(HtmlRenderer html, int number)
    {
        if (number != _written)
        {
            html.Write(ReferenceSign);
            _written = number;
        }
    }

    int ReferenceAt(int position) => position >= 0 && position < _references.Length ? _references[position] : 0;
}
