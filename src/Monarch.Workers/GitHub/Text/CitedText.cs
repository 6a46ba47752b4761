using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Monarch.Workers.GitHub.Text;

/// <summary>
/// Where a Markdown text cites something: in quotations and in code. What is misread counts as not cited: a marker that counts too much
/// leaves an issue out, visibly; one that counts too little creates an issue twice.
/// </summary>
sealed partial class CitedText
{
    readonly string _text;
    readonly List<(int Start, int End, bool IsAtMargin)> _pieces = [];
    int _openFence = int.MaxValue;

    public CitedText(string text)
    {
        _text = text;
        if (GitHubMarkdown.TryParse(text) is { } document)
        {
            Read(document);
        }
        else
        {
            _pieces.AddRange(Fences.Read(text).Where(fence => fence.IsClosed).Select(fence => (fence.Start, fence.End - 1, true)));
            _pieces.AddRange(CitedLines().Matches(text).Select(line => (line.Index, line.Index + line.Length, false)));
        }
    }

    /// <summary>Whether a comment that stands here is cited. One that begins its line is not, but in a fence that does too.</summary>
    public bool Contains(int place) =>
        _pieces.Exists(piece => piece.Start <= place && place <= piece.End && (piece.IsAtMargin || !BeginsLine(place)))
        // An edit above that opens a fence and never closes it takes in all that follows, which was no code before. What was written
        // by us follows a blank line.
        || (place > _openFence && !BlankLine().IsMatch(_text.AsSpan(0, place)));

    bool BeginsLine(int place) => place == 0 || _text[place - 1] is '\r' or '\n';

    void Read(MarkdownDocument document)
    {
        foreach (var block in document.Descendants())
        {
            switch (block)
            {
                case QuoteBlock quote:
                    _pieces.Add((quote.Span.Start, quote.Span.End, false));
                    break;
                case FencedCodeBlock { ClosingFencedCharCount: 0, Parent: MarkdownDocument } fence:
                    _openFence = fence.Span.Start;
                    break;
                case CodeBlock code:
                    var isAtMargin = code is FencedCodeBlock { Parent: MarkdownDocument };
                    _pieces.Add((code.Span.Start, Math.Max(code.Span.End, LastPlace(code)), isAtMargin));
                    break;
                case CodeInline code when Placement.IsRight(code, _text):
                    _pieces.Add((code.Span.Start, code.Span.End, false));
                    break;
            }
        }
    }

    // The span of a fence that its list item ends, and no line of its own, is its first line alone.
    static int LastPlace(CodeBlock code) => code.Lines.Count > 0 ? code.Lines.Lines[code.Lines.Count - 1].Slice.End : 0;

    [GeneratedRegex(@"^(?: {4}| {0,3}\t| {0,3}>)[^\r\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex CitedLines();

    [GeneratedRegex(@"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)[ \t]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLine();
}
