using System.Globalization;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Text;

/// <summary>
/// Says which source issue a copied issue stands for. It is the last line of the copy's body as it is created, an HTML comment that GitHub
/// does not show: from it alone it can be seen what a target holds already.
/// </summary>
sealed partial record Marker
{
    public Marker(long sourceRepositoryId, string sourceFullName, int issueNumber)
    {
        SourceRepositoryId = sourceRepositoryId;
        SourceFullName = sourceFullName;
        IssueNumber = issueNumber;

        // A marker that cannot be read back would let the issue be copied twice.
        if (!Line().IsMatch(Render()))
            throw new ArgumentException($"Not a source issue: '{sourceFullName}' (id {sourceRepositoryId}), issue {issueNumber}.");
    }

    /// <summary>The source repository, by GitHub's numeric id.</summary>
    public long SourceRepositoryId { get; }

    /// <summary>The source as <c>owner/name</c>, as it was called when the copy was made.</summary>
    public string SourceFullName { get; }

    /// <summary>The issue's number in the source.</summary>
    public int IssueNumber { get; }

    /// <summary>
    /// The marker of a source that counts in a body, wherever it stands: people and bots write above and below it. Of several the last one
    /// counts. One in a quotation or in code is cited and counts for nothing; null when none counts.
    /// </summary>
    public static Marker? Find(string? body, long sourceRepositoryId)
    {
        if (body?.Contains(Beginning, StringComparison.Ordinal) != true)
        {
            return null;
        }

        CitedText? cited = null;
        foreach (var match in Anywhere().Matches(body).Reverse())
        {
            if (Read(match) is { } marker && marker.SourceRepositoryId == sourceRepositoryId && !IsCited(body, match.Index, ref cited))
            {
                return marker;
            }
        }

        return null;
    }

    /// <summary>Removes every line that is a marker and counts: a template may have been made by Monarch itself.</summary>
    public static string Strip(string body)
    {
        CitedText? cited = null;
        return body.Contains(Beginning, StringComparison.Ordinal)
            ? WholeLines().Replace(body, line => IsCited(body, line.Index, ref cited) ? line.Value : "")
            : body;
    }

    /// <summary>
    /// Makes every marker that counts count no more. It stays a comment of the same shape, so that the text around it keeps its meaning and
    /// nothing grows together to another marker.
    /// </summary>
    public static string Disarm(string body)
    {
        CitedText? cited = null;
        return body.Contains(Beginning, StringComparison.Ordinal)
            ? Anywhere().Replace(body, x => IsCited(body, x.Index, ref cited) ? x.Value : Former + x.Value[Beginning.Length..])
            : body;
    }

    /// <summary>The marker's line, without a line end.</summary>
    public string Render() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Beginning}source-id={SourceRepositoryId} source={SourceFullName} issue={IssueNumber} -->");

    public override string ToString() => Render();

    static Marker? Read(Match match) =>
        long.TryParse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Marker(id, match.Groups["source"].Value, number)
            : null;

    static bool IsCited(string body, int place, ref CitedText? cited) =>
        MayBeCited(body, place) && (cited ??= new(body)).Contains(place);

    // Only a fence takes in a comment that begins its line: most bodies need not be parsed.
    static bool MayBeCited(string body, int place) =>
        (place > 0 && body[place - 1] is not ('\r' or '\n'))
        || body.Contains("```", StringComparison.Ordinal)
        || body.Contains("~~~", StringComparison.Ordinal);

    const string Beginning = "<!-- monarch ";

    const string Former = "<!-- former monarch ";

    const string Pattern =
        "<!-- monarch source-id=(?<id>[1-9][0-9]{0,18}) source=(?<source>[A-Za-z0-9._-]+/[A-Za-z0-9._-]+) issue=(?<number>[1-9][0-9]{0,9}) -->";

    [GeneratedRegex(@"\A" + Pattern + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"(?<=\A|[\r\n])" + Pattern + @"[^\S\r\n]*(?:\r\n|\r|\n|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex WholeLines();
}
