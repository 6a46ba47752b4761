namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Cuts a text that is too long for one body: before a paragraph, else before an item of a list or a row of a table, else at a line end,
/// at a space, or anywhere. A better place is preferred unless it would leave the part less than half full. Code and comments that have to
/// be cut are closed, and opened again in the next part, so that they remain what they are.
/// </summary>
static class BodyParts
{
    /// <summary>The last line of each part but the last.</summary>
    public const string Notice = "*(continued in the next comment)*";

    /// <summary>Whether a body is the beginning of a text that continues in comments.</summary>
    public static bool Continues(string? body) =>
        body?.LastIndexOf(Notice, StringComparison.Ordinal) is { } at and >= 0
        && body[(at + Notice.Length)..].TrimStart().StartsWith("<!-- monarch", StringComparison.Ordinal);

    /// <summary>Less room than this cannot hold the added lines and a sensible piece of text.</summary>
    public const int MinRoom = 1_000;

    // Two lines that close and open a block, and the blank lines around the notice.
    const int AddedRoom = (2 * CutPlaces.MaxLineLength) + 10;

    /// <param name="text">The finished text, without a marker.</param>
    /// <param name="room">The most code points of a part, after the subtraction of what is still added to it.</param>
    public static IReadOnlyList<BodyPart> Cut(string text, int room)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(room, MinRoom);
        if (CodePoints.Count(text) <= room)
        {
            return [new BodyPart("", text, "")];
        }

        var places = new CutPlaces(text);
        var parts = new List<BodyPart>();
        var (start, opening) = (0, "");

        while (CodePoints.Count(opening) + CodePoints.Count(text.AsSpan(start)) > room)
        {
            var end = places.Last(start, start + CodePoints.Take(text[start..], room - AddedRoom - Notice.Length).Length);
            var block = places.BlockAt(end);
            var content = text[start..end];
            var closing = block is null ? "" : LineEndAfter(content) + block.Closing;

            parts.Add(new BodyPart(opening, content, closing + BlankLineAfter(content + closing) + Notice));
            (start, opening) = (end, block is null ? "" : block.Opening + "\n");
        }

        parts.Add(new BodyPart(opening, text[start..], ""));
        return parts;
    }

    static string LineEndAfter(string text) => text.EndsWith('\n') ? "" : "\n";

    static string BlankLineAfter(string text) =>
        text.EndsWith("\n\n", StringComparison.Ordinal) || text.EndsWith("\n\r\n", StringComparison.Ordinal)
            ? ""
            : LineEndAfter(text) + "\n";
}
