using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Text;

/// <summary>
/// Says which source issue a copied issue stands for. It is the last line of the copy's body, an HTML comment that GitHub does not show:
/// whoever reads a target can tell what is there already.
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

    public static bool TryRead(string? body, [NotNullWhen(true)] out Marker? marker)
    {
        marker = null;
        var text = body.AsSpan().TrimEnd();
        var line = Line().Match(text[(text.LastIndexOfAny('\r', '\n') + 1)..].ToString());

        if (!line.Success
            || !long.TryParse(line.Groups["id"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !int.TryParse(line.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;

        marker = new Marker(id, line.Groups["source"].Value, number);
        return true;
    }

    /// <summary>Removes every line that is a marker: a template may have been made by Monarch itself.</summary>
    public static string Strip(string body) =>
        body.Contains(Beginning, StringComparison.Ordinal) ? WholeLines().Replace(body, "") : body;

    /// <summary>The marker's line, without a line end.</summary>
    public string Render() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Beginning}source-id={SourceRepositoryId} source={SourceFullName} issue={IssueNumber} -->");

    public override string ToString() => Render();

    const string Beginning = "<!-- monarch ";

    const string Pattern =
        "<!-- monarch source-id=(?<id>[1-9][0-9]{0,18}) source=(?<source>[A-Za-z0-9._-]+/[A-Za-z0-9._-]+) issue=(?<number>[1-9][0-9]{0,9}) -->";

    [GeneratedRegex(@"\A" + Pattern + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"(?<=\A|[\r\n])" + Pattern + @"[^\S\r\n]*(?:\r\n|\r|\n|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex WholeLines();
}
