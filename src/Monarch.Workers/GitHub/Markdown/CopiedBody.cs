namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Composes the body of a copied issue: the source's text with its mentions disarmed and its references rewritten, and the marker as the
/// last line.
/// </summary>
static class CopiedBody
{
    /// <summary>GitHub's limit for a body, in Unicode code points.</summary>
    public const int MaxLength = 65_536;

    const int MaxBlankLine = 2;

    /// <param name="sourceBody">The body in the source.</param>
    /// <param name="marker">The copy's marker.</param>
    /// <param name="original">What a notice names as the original where the body is too long.</param>
    /// <param name="rules">What changes in the text.</param>
    /// <param name="digest">The line above the marker for a text; null for none.</param>
    public static string Compose(
        string? sourceBody,
        Marker marker,
        string original,
        TextRules? rules = null,
        Func<string, string>? digest = null
    )
    {
        rules ??= TextRules.Default;
        var source = TextDigest.Strip(Marker.Strip(sourceBody ?? ""));
        if (string.IsNullOrWhiteSpace(source))
        {
            return WithMarker("", marker, digest);
        }

        var whole = WithMarker(Prepare(source, rules), marker, digest);
        return CodePoints.Count(whole) <= MaxLength ? whole : Cut(source, marker, original, rules, digest);
    }

    /// <summary>
    /// Divides a text of any length: the first result ends with the marker and is the body; the others follow as comments, to
    /// which a marker of the same length can be added.
    /// </summary>
    /// <param name="text">The finished text: the result of <see cref="Text"/>, or of a template around it.</param>
    /// <param name="marker">The copy's marker.</param>
    /// <param name="keepMentions">Whether mentions stay as they are.</param>
    /// <param name="digest">The line above the marker for a text; null for none.</param>
    public static IReadOnlyList<string> Divide(string text, Marker marker, bool keepMentions = false, Func<string, string>? digest = null)
    {
        var limit = MaxLength - CodePoints.Count(marker.Render()) - TextDigest.LineLength - MaxBlankLine;
        var room = limit;

        while (true)
        {
            var parts = BodyParts.Cut(text, room).Select(x => x.Text).ToList();
            if (parts.Count > 1 && !keepMentions)
            {
                // A cut in the middle of long inline code turns code into text.
                parts = [.. parts.Select(x => Mentions.Disarm(x, GitHubMarkdown.TryParse(x)))];
            }

            var excess = parts.Max(x => CodePoints.Count(x)) - limit;
            if (excess <= 0)
            {
                return [WithMarker(parts[0], marker, digest), .. parts.Skip(1)];
            }

            room = Math.Max(room - excess, BodyParts.MinRoom);
        }
    }

    /// <summary>The text of a copy without a marker, of any length; empty where the source's body is.</summary>
    public static string Text(string? sourceBody, TextRules? rules = null)
    {
        var source = TextDigest.Strip(Marker.Strip(sourceBody ?? ""));
        return string.IsNullOrWhiteSpace(source) ? "" : Prepare(source, rules ?? TextRules.Default);
    }

    /// <summary>Adds the digest, if there is one, and the marker as the last line.</summary>
    public static string WithMarker(string text, Marker marker, Func<string, string>? digest = null) =>
        text + BlankLineAfter(text) + (digest is null ? "" : digest(text) + "\n") + marker.Render();

    /// <summary>
    /// Cuts before disarming mentions, since a cut in the middle of code turns code into text. The additions may exceed the limit again,
    /// so the cut is repeated until the body fits.
    /// </summary>
    static string Cut(string source, Marker marker, string original, TextRules rules, Func<string, string>? digest)
    {
        var notice = $"*The rest is in the original: {original}*";
        var limit = MaxLength;

        while (true)
        {
            var text = Prepare(AtLineEnd(CodePoints.Take(source, limit)), rules);
            var body = WithMarker(text + BlankLineAfter(text) + notice, marker, digest);
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
    static string Prepare(string text, TextRules rules)
    {
        text = Marker.Disarm(text);
        var document = GitHubMarkdown.TryParse(text);
        var closing = OpenBlock.ClosingLine(text, document);
        var harmless = rules.Apply(text, document);
        return closing is null ? harmless : harmless + (EndsLine(harmless) ? "" : "\n") + closing;
    }

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
