namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Composes the bodies of a copied issue and of its comments: the source's text with its mentions disarmed and its references rewritten, and
/// the marker as the last line.
/// </summary>
static class CopiedBody
{
    /// <summary>GitHub's limit for a body, in Unicode code points.</summary>
    public const int MaxLength = 65_536;

    const int MaxBlankLine = 2;

    // Markers, the digest, and what closes an open block.
    const int MaxAddition = 2_000;

    /// <summary>Whether a text may exceed the limit of a body: never false for one that does, however its references are rewritten.</summary>
    public static bool MayExceed(string? sourceBody) =>
        sourceBody is not null
        && (2 * sourceBody.Length) + (References.MaxGrowth * ReferenceReader.MostReferences(sourceBody)) > MaxLength - MaxAddition;

    /// <summary>
    /// Divides a text of any length into bodies with their markers: the first one begins the text, and the others continue it in comments.
    /// </summary>
    /// <param name="text">The finished text: the result of <see cref="Text"/>, or of a template around it.</param>
    /// <param name="markerOf">The marker of each part, from 1.</param>
    /// <param name="keepMentions">Whether mentions stay as they are.</param>
    /// <param name="digest">The line above the first part's marker for its text; null for none.</param>
    public static IReadOnlyList<string> Divide(
        string text,
        Func<int, Marker> markerOf,
        bool keepMentions = false,
        Func<string, string>? digest = null
    )
    {
        var limit =
            MaxLength
            - CodePoints.Count(markerOf(1).Render())
            - CommentKey.MaxLength
            - (digest is null ? 0 : TextDigest.LineLength)
            - MaxBlankLine;
        var room = limit;

        while (true)
        {
            var parts = BodyParts.Cut(text, room).Select(part => part.Text).ToList();
            if (parts.Count > 1)
            {
                // A cut in the middle of long inline code turns code into text.
                parts =
                [
                    .. parts
                        .Select(Marker.Disarm)
                        .Select(part => keepMentions ? part : Mentions.Disarm(part, GitHubMarkdown.TryParse(part))),
                ];
            }

            var excess = parts.Max(part => CodePoints.Count(part)) - limit;
            if (excess <= 0)
            {
                return [.. parts.Select((part, index) => WithMarker(part, markerOf(index + 1), index == 0 ? digest : null))];
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
