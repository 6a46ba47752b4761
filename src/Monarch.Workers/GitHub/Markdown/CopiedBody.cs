namespace Monarch.Workers.GitHub.Markdown;

/// <summary>Composes the body of a copied issue: the source's text with its mentions disarmed, and the marker as the last line.</summary>
static class CopiedBody
{
    /// <summary>GitHub's limit for a body, in Unicode code points.</summary>
    public const int MaxLength = 65_536;

    public static string Compose(string? sourceBody, Marker marker, string sourceIssueUrl)
    {
        var source = Marker.Strip(sourceBody ?? "");
        if (string.IsNullOrWhiteSpace(source))
        {
            return marker.Render();
        }

        var whole = WithMarker(Prepare(source), marker);
        return CodePoints.Count(whole) <= MaxLength ? whole : Cut(source, marker, sourceIssueUrl);
    }

    /// <summary>
    /// Cuts before disarming mentions, since a cut in the middle of code turns code into text. The additions may exceed the limit again,
    /// so the cut is repeated until the body fits.
    /// </summary>
    static string Cut(string source, Marker marker, string sourceIssueUrl)
    {
        var notice = $"*The rest is in the original: {sourceIssueUrl}*";
        var limit = MaxLength;

        while (true)
        {
            var text = Prepare(AtLineEnd(CodePoints.Take(source, limit)));
            var body = WithMarker(text + BlankLineAfter(text) + notice, marker);
            var excess = CodePoints.Count(body) - MaxLength;

            if (excess <= 0 || limit == 0)
            {
                return body;
            }

            limit = Math.Max(0, limit - excess);
        }
    }

    /// <summary>
    /// Disarms the markers of other copies and closes an open block, which would otherwise include, and show, the text that follows.
    /// </summary>
    static string Prepare(string text)
    {
        text = Marker.Disarm(text);
        var document = GitHubMarkdown.TryParse(text);
        var closing = OpenBlock.ClosingLine(text, document);
        var harmless = Mentions.Disarm(text, document);
        return closing is null ? harmless : harmless + (EndsLine(harmless) ? "" : "\n") + closing;
    }

    static string WithMarker(string text, Marker marker) => text + BlankLineAfter(text) + marker.Render();

    /// <summary>Cuts at a line end, unless that would remove more than half of the text.</summary>
    static string AtLineEnd(string text)
    {
        var end = text.LastIndexOf('\n');
        return end > text.Length / 2 ? text[..end].TrimEnd('\r') : text;
    }

    static string BlankLineAfter(string text)
    {
        if (text.Length == 0 || text.EndsWith("\n\n", StringComparison.Ordinal) || text.EndsWith("\n\r\n", StringComparison.Ordinal))
        {
            return "";
        }

        return EndsLine(text) ? "\n" : "\n\n";
    }

    // A line feed added after a lone carriage return completes it.
    static bool EndsLine(string text) => text.EndsWith('\n');
}
