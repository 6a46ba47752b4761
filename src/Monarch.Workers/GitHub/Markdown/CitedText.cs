using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Finds the cited parts of a Markdown text: quotations and code. Text that cannot be parsed counts as not cited: a marker that is wrongly
/// accepted skips an issue, visibly; one that is wrongly ignored creates an issue twice.
/// </summary>
sealed partial class CitedText
{
    readonly string _text;
    readonly List<(int Start, int End, bool IsAtMargin)> _ranges = [];
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
            _ranges.AddRange(Fences.Read(text).Where(fence => fence.IsClosed).Select(fence => (fence.Start, fence.End - 1, true)));
            _ranges.AddRange(CitedLines().Matches(text).Select(line => (line.Index, line.Index + line.Length, false)));
        }
    }

    /// <summary>
    /// Whether a comment at this position is cited. One at the start of a line is cited only inside a fence at the margin.
    /// </summary>
    public bool Contains(int position) =>
        _ranges.Exists(range => range.Start <= position && position <= range.End && (range.IsAtMargin || !BeginsLine(position)))
        // An edit may open a fence and not close it, so that all following text becomes code. Our own marker follows a blank line.
        || (position > _openFence && !BlankLine().IsMatch(_text.AsSpan(0, position)));

    bool BeginsLine(int position) => position == 0 || _text[position - 1] is '\r' or '\n';

    void Read(MarkdownDocument document)
    {
        foreach (var block in document.Descendants())
        {
            switch (block)
            {
                case QuoteBlock quote:
                    _ranges.Add((quote.Span.Start, quote.Span.End, false));
                    break;
                case FencedCodeBlock { ClosingFencedCharCount: 0, Parent: MarkdownDocument } fence:
                    _openFence = fence.Span.Start;
                    break;
                case CodeBlock code:
                    var isAtMargin = code is FencedCodeBlock { Parent: MarkdownDocument };
                    _ranges.Add((code.Span.Start, Math.Max(code.Span.End, LastPosition(code)), isAtMargin));
                    break;
                case CodeInline code when Placement.IsCorrect(code, _text):
                    _ranges.Add((code.Span.Start, code.Span.End, false));
                    break;
            }
        }
    }

    // The span of a fence that ends with its list item, without a closing line, is only its first line.
    static int LastPosition(CodeBlock code) => code.Lines.Count > 0 ? code.Lines.Lines[code.Lines.Count - 1].Slice.End : 0;

    [GeneratedRegex(@"^(?: {4}| {0,3}\t| {0,3}>)[^\r\n]*", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex CitedLines();

    [GeneratedRegex(@"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)[ \t]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLine();
}
