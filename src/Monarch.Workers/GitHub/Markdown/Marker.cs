using System.Globalization;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Identifies the source issue of a copy, or the source of one of its comments: an HTML comment, not shown by GitHub, as the last line of
/// the created body. The markers alone identify the copies in a target.
/// </summary>
sealed partial record Marker
{
    public Marker(long sourceRepositoryId, string sourceFullName, int issueNumber, CommentKey? comment = null)
    {
        Comment = comment;
        SourceRepositoryId = sourceRepositoryId;
        SourceFullName = sourceFullName;
        IssueNumber = issueNumber;

        // With an unreadable marker the issue would be copied twice.
        if (!Line().IsMatch(Render()))
        {
            throw new ArgumentException(
                $"Not a source issue: '{sourceFullName}' (id {sourceRepositoryId}), issue {issueNumber}, comment {comment}."
            );
        }
    }

    /// <summary>GitHub's numeric id of the source repository.</summary>
    public long SourceRepositoryId { get; }

    /// <summary>The name of the source, <c>owner/name</c>, when the copy was created.</summary>
    public string SourceFullName { get; }

    /// <summary>The issue's number in the source.</summary>
    public int IssueNumber { get; }

    /// <summary>The comment in the source; null for the issue itself.</summary>
    public CommentKey? Comment { get; }

    /// <summary>
    /// The last marker of an issue of a source in a body, at any position, since people and bots add text above and below. A marker in a quotation or
    /// in code is cited and ignored. Null without a marker.
    /// </summary>
    public static Marker? Find(string? body, long sourceRepositoryId) => Find(body, sourceRepositoryId, marker => marker.Comment is null);

    /// <summary>The last marker of a comment on an issue, found as <see cref="Find(string?, long)"/> does.</summary>
    public static Marker? FindComment(string? body, long sourceRepositoryId, int issueNumber) =>
        Find(body, sourceRepositoryId, marker => marker.Comment is not null && marker.IssueNumber == issueNumber);

    static Marker? Find(string? body, long sourceRepositoryId, Func<Marker, bool> isWanted)
    {
        if (body?.Contains(Beginning, StringComparison.Ordinal) != true)
        {
            return null;
        }

        CitedText? cited = null;
        foreach (var match in Anywhere().Matches(body).Reverse())
        {
            if (
                Read(match) is { } marker
                && marker.SourceRepositoryId == sourceRepositoryId
                && isWanted(marker)
                && !IsCited(body, match.Index, ref cited)
            )
            {
                return marker;
            }
        }

        return null;
    }

    /// <summary>Removes every line that is a marker and not cited: the source may be a copy created by Monarch.</summary>
    public static string Strip(string body)
    {
        CitedText? cited = null;
        return body.Contains(Beginning, StringComparison.Ordinal)
            ? WholeLines().Replace(body, line => IsCited(body, line.Index, ref cited) ? line.Value : "")
            : body;
    }

    /// <summary>
    /// Disarms every marker that is not cited. It remains a comment of the same form, so that the surrounding text keeps its meaning and
    /// does not combine into another marker.
    /// </summary>
    public static string Disarm(string body)
    {
        CitedText? cited = null;
        return body.Contains(Beginning, StringComparison.Ordinal)
            ? Anywhere().Replace(body, x => IsCited(body, x.Index, ref cited) ? x.Value : Former + x.Value[Beginning.Length..])
            : body;
    }

    /// <summary>The marker's line, without a line break.</summary>
    public string Render() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Beginning}source-id={SourceRepositoryId} source={SourceFullName} issue={IssueNumber}{Comment} -->"
        );

    public override string ToString() => Render();

    static Marker? Read(Match match) =>
        long.TryParse(match.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && int.TryParse(match.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new Marker(
                id,
                match.Groups["source"].Value,
                number,
                CommentKey.Read(match.Groups["comment"].Value, match.Groups["part"].Value)
            )
            : null;

    static bool IsCited(string body, int position, ref CitedText? cited) =>
        MayBeCited(body, position) && (cited ??= new(body)).Contains(position);

    // A comment at the start of a line is cited only inside a fence, so most bodies need not be parsed.
    static bool MayBeCited(string body, int position) =>
        (position > 0 && body[position - 1] is not ('\r' or '\n'))
        || body.Contains("```", StringComparison.Ordinal)
        || body.Contains("~~~", StringComparison.Ordinal);

    const string Beginning = "<!-- monarch ";

    const string Former = "<!-- former monarch ";

    const string Pattern =
        "<!-- monarch source-id=(?<id>[1-9][0-9]{0,18}) source=(?<source>[A-Za-z0-9._-]+/[A-Za-z0-9._-]+) "
        + "issue=(?<number>[1-9][0-9]{0,9})(?: comment=(?<comment>[1-9][0-9]{0,14}))?(?: part=(?<part>[2-9]|[1-9][0-9]{1,2}))? -->";

    [GeneratedRegex(@"\A" + Pattern + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"(?<=\A|[\r\n])" + Pattern + @"[^\S\r\n]*(?:\r\n|\r|\n|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex WholeLines();
}
