using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Finds an unclosed code fence or HTML comment.</summary>
static class OpenBlock
{
    /// <summary>
    /// The line that closes the block; null when none is open. A block inside a list or a quotation ends with the next line at the margin.
    /// </summary>
    public static string? ClosingLine(string text, MarkdownDocument? document)
    {
        if (document is null)
        {
            return Fences.Read(text).LastOrDefault() is { IsClosed: false } open ? new string(open.Character, open.Length) : null;
        }

        foreach (var block in document)
        {
            switch (block)
            {
                case FencedCodeBlock { ClosingFencedCharCount: 0 } fence:
                    return new string(fence.FencedChar, fence.OpeningFencedCharCount);
                case HtmlBlock { Type: HtmlBlockType.Comment } comment
                    when text.IndexOf("-->", comment.Span.Start, StringComparison.Ordinal) < 0:
                    return "-->";
            }
        }
        return null;
    }
}
