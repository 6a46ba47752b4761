namespace Monarch.Workers.GitHub.Text;

/// <summary>Makes the body of a copied issue: the source's text, its mentions harmless, its marker as the last line.</summary>
static class CopiedBody
{
    /// <summary>GitHub's limit for a body, in Unicode code points.</summary>
    public const int MaxLength = 65_536;

    public static string Compose(string? sourceBody, Marker marker, string sourceIssueUrl)
    {
        var source = Marker.Strip(sourceBody ?? "");
        if (string.IsNullOrWhiteSpace(source))
            return marker.Render();

        var whole = WithMarker(Finished(source), marker);
        return CodePoints.Count(whole) <= MaxLength ? whole : Cut(source, marker, sourceIssueUrl);
    }

    /// <summary>
    /// The cut comes first and everything else after it: a cut in the middle of code lays its mentions bare.
    /// What is added after the cut may be too long again, so the cut moves forward until all of it fits.
    /// </summary>
    static string Cut(string source, Marker marker, string sourceIssueUrl)
    {
        var notice = $"*The rest is in the original: {sourceIssueUrl}*";
        var room = MaxLength;

        while (true)
        {
            var text = Finished(AtLineEnd(CodePoints.Take(source, room)));
            var body = WithMarker(text + BlankLineAfter(text) + notice, marker);
            var excess = CodePoints.Count(body) - MaxLength;

            if (excess <= 0 || room == 0)
                return body;
            room = Math.Max(0, room - excess);
        }
    }

    /// <summary>
    /// A marker of another copy counts no more. A block that is open at the end is closed, or it would swallow (and show) what comes
    /// after it.
    /// </summary>
    static string Finished(string text)
    {
        text = Marker.Disarm(text);
        var document = GitHubMarkdown.TryParse(text);
        var closing = OpenBlock.ClosingLine(text, document);
        var harmless = Mentions.MakeHarmless(text, document);
        return closing is null ? harmless : harmless + (EndsLine(harmless) ? "" : "\n") + closing;
    }

    static string WithMarker(string text, Marker marker) => text + BlankLineAfter(text) + marker.Render();

    /// <summary>A line end that would cost more than half of the text is not taken: the text is one long line.</summary>
    static string AtLineEnd(string text)
    {
        var end = text.LastIndexOf('\n');
        return end > text.Length / 2 ? text[..end].TrimEnd('\r') : text;
    }

    static string BlankLineAfter(string text)
    {
        if (text.Length == 0 || text.EndsWith("\n\n", StringComparison.Ordinal) || text.EndsWith("\n\r\n", StringComparison.Ordinal))
            return "";
        return EndsLine(text) ? "\n" : "\n\n";
    }

    // After a lone carriage return the line feed that we add belongs to it.
    static bool EndsLine(string text) => text.EndsWith('\n');
}
