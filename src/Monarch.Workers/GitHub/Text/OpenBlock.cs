using Markdig.Syntax;

namespace Monarch.Workers.GitHub.Text;

/// <summary>Finds a code fence or an HTML comment that a text opens and never closes.</summary>
static class OpenBlock
{
    /// <summary>
    /// The line that closes it; null when nothing is open. Inside a list or a quotation nothing needs closing: a line at the margin ends it.
    /// </summary>
    public static string? ClosingLine(string text, MarkdownDocument? document)
    {
        if (document is null)
            return Fences.Read(text).LastOrDefault() is { IsClosed: false } open ? new string(open.Character, open.Length) : null;

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
