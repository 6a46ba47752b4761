using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>The places where a text can be cut, from the best to the worst.</summary>
sealed class CutPlaces
{
    /// <summary>A longer line is not repeated.</summary>
    public const int MaxLineLength = 200;

    readonly string _text;
    readonly HashSet<int> _blockStarts = [];
    readonly HashSet<int> _itemStarts = [];
    readonly bool[] _isInline;
    readonly bool[] _isInBlock;
    readonly List<CutBlock> _blocks = [];

    public CutPlaces(string text)
    {
        _text = text;
        _isInline = new bool[text.Length];
        _isInBlock = new bool[text.Length];

        if (GitHubMarkdown.TryParse(text) is { } document)
        {
            Read(document);
        }
        else
        {
            foreach (var fence in Fences.Read(text))
            {
                AddFence(fence.Start, fence.End, new string(fence.Character, fence.Length));
            }
        }
    }

    enum Place
    {
        Block,
        Item,
        Line,
        LineInBlock,
        Space,
        Anywhere,
        Nowhere,
    }

    /// <summary>The best place after <paramref name="start"/> and not after <paramref name="limit"/>.</summary>
    public int Last(int start, int limit)
    {
        var (best, position) = (Place.Nowhere, limit);
        var middle = start + ((limit - start) / 2);

        for (var i = limit; i > middle && best > Place.Block; i--)
        {
            if (PlaceAt(i) is var place && place < best)
            {
                (best, position) = (place, i);
            }
        }
        return position;
    }

    /// <summary>The block that a cut at this position divides; null where it divides none.</summary>
    public CutBlock? BlockAt(int position) => _blocks.Find(x => x.Start < position && position < x.End);

    Place PlaceAt(int position)
    {
        if (_blockStarts.Contains(position))
        {
            return Place.Block;
        }

        if (_itemStarts.Contains(position))
        {
            return Place.Item;
        }

        var (before, after) = (_text[position - 1], _text[position]);
        if ((before == '\r' && after == '\n') || (char.IsHighSurrogate(before) && char.IsLowSurrogate(after)))
        {
            return Place.Nowhere;
        }

        if (before is '\r' or '\n' && !_isInline[position])
        {
            return _isInBlock[position] ? Place.LineInBlock : Place.Line;
        }

        return char.IsWhiteSpace(before) && !_isInline[position] ? Place.Space : Place.Anywhere;
    }

    void Read(MarkdownDocument document)
    {
        foreach (var block in document)
        {
            AddStart(block, _blockStarts);
            if (block is ListBlock or QuoteBlock or Table)
            {
                foreach (var child in (ContainerBlock)block)
                {
                    AddStart(child, _itemStarts);
                }
            }
        }

        foreach (var block in document.Descendants<LeafBlock>())
        {
            switch (block)
            {
                case FencedCodeBlock fence:
                    AddFence(fence.Span.Start, EndOf(fence), new string(fence.FencedChar, fence.OpeningFencedCharCount));
                    break;
                case HtmlBlock { Type: HtmlBlockType.Comment, Parent: MarkdownDocument } comment:
                    Add(new CutBlock(comment.Span.Start, comment.Span.End + 1, "<!--", "-->"));
                    break;
                case HtmlBlock { Type: HtmlBlockType.ScriptPreOrStyle, Parent: MarkdownDocument } html
                    when _text.AsSpan(html.Span.Start).StartsWith("<pre", StringComparison.OrdinalIgnoreCase):
                    Add(new CutBlock(html.Span.Start, html.Span.End + 1, "<pre>", "</pre>"));
                    break;
                case CodeBlock or HtmlBlock:
                    Mark(_isInBlock, block.Span.Start, EndOf(block));
                    break;
                case { Inline: { } inlines }:
                    foreach (
                        var inline in inlines
                            .Descendants<Inline>()
                            .Where(x => x is CodeInline or LinkInline or HtmlInline or AutolinkInline)
                    )
                    {
                        Mark(_isInline, inline.Span.Start, inline.Span.End + 1);
                    }

                    break;
            }
        }
    }

    // The groups of definitions and of footnotes have no place of their own.
    void AddStart(Block block, HashSet<int> starts)
    {
        var lineStart = Math.Min(block.Span.Start, _text.Length);
        while (lineStart > 0 && _text[lineStart - 1] is ' ' or '\t' or '>')
        {
            lineStart--;
        }

        if (lineStart > 0 && _text[lineStart - 1] is '\n' or '\r' && block is not LinkReferenceDefinitionGroup)
        {
            starts.Add(lineStart);
        }
    }

    /// <summary>The line that opens a fence is repeated at the same depth of quotations; of a list only the indentation remains.</summary>
    void AddFence(int start, int end, string fence)
    {
        var lineStart = _text.AsSpan(0, start).LastIndexOfAny('\r', '\n') + 1;
        var lineLength = _text.AsSpan(start).IndexOfAny('\r', '\n');
        var line = lineLength < 0 ? "" : _text.Substring(start, lineLength);
        var prefix = string.Concat(_text[lineStart..start].Select(x => x is '>' or '\t' ? x : ' '));

        Add(new CutBlock(start, end, prefix + line, prefix + fence));
    }

    void Add(CutBlock block)
    {
        Mark(_isInBlock, block.Start, block.End);
        if (block.Opening.Length <= MaxLineLength && block.Closing.Length <= MaxLineLength)
        {
            _blocks.Add(block);
        }
    }

    // The span of a fence without a closing line is only its first line.
    static int EndOf(LeafBlock block) =>
        Math.Max(block.Span.End, block is CodeBlock { Lines.Count: > 0 } code ? code.Lines.Lines[code.Lines.Count - 1].Slice.End : 0) + 1;

    static void Mark(bool[] inside, int start, int end)
    {
        if (start >= 0 && start + 1 < Math.Min(end, inside.Length))
        {
            inside.AsSpan(start + 1, Math.Min(end, inside.Length) - start - 1).Fill(true);
        }
    }
}

/// <summary>A block that must be closed where it is cut, and opened again in the next part.</summary>
sealed record CutBlock(int Start, int End, string Opening, string Closing);
