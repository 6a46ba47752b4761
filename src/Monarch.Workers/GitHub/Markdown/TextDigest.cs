using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Markdown;

/// <summary>
/// Tells whether a copy was edited: a comment above the marker holds a digest of title and text, and one of labels and milestone, as Monarch
/// wrote them. Line breaks and white space at the end do not count, since GitHub's editor changes them.
/// </summary>
static partial class TextDigest
{
    /// <summary>The length of <see cref="Line"/>.</summary>
    public const int LineLength = 66;

    /// <summary>The comment for a copy.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="text">Its text.</param>
    /// <param name="fields">Its labels and milestone, by <see cref="FieldsOf"/>.</param>
    public static string Line(string title, string text, string fields) => $"<!-- monarch-digest {Of(title, text)} {fields} -->";

    /// <summary>The digest of labels and milestone.</summary>
    public static string FieldsOf(IEnumerable<string> labels, string? milestone) =>
        Hash(
            string.Join(
                '\n',
                labels.Select(name => name.ToUpperInvariant()).Order(StringComparer.Ordinal).Append(milestone?.ToUpperInvariant())
            ),
            8
        );

    /// <summary>The digest of labels and milestone as Monarch wrote them; null for a copy without one.</summary>
    public static string? Fields(string? body) => body is null ? null : Last(body)?.Groups["fields"].Value;

    /// <summary>Whether title and text of a copy are those that Monarch wrote. A copy without a digest counts as edited.</summary>
    public static bool IsUnedited(string title, string? body) =>
        body is not null
        && Last(body) is { } line
        && line.Groups["digest"].Value == Of(title, body[..line.Index])
        && IsMarkerAlone(body[(line.Index + line.Length)..].Trim());

    /// <summary>The digest of a whole text: the same for bodies that <see cref="IsSame"/> takes for the same.</summary>
    public static string Whole(string? text) => Hash(Normalized(text ?? ""), 12);

    /// <summary>Whether a body of GitHub is the one that Monarch would write.</summary>
    public static bool IsSame(string? body, string composed) => Normalized(body ?? "") == Normalized(composed);

    /// <summary>Whether two bodies have the same text, whatever their digests and markers.</summary>
    public static bool IsSameText(string? body, string other) => Normalized(TextOf(body ?? "")) == Normalized(TextOf(other));

    static string TextOf(string body) => Strip(Marker.Strip(body));

    /// <summary>Removes every line that is a digest and not cited: the source may be a copy itself.</summary>
    public static string Strip(string body)
    {
        if (!body.Contains("<!-- monarch-digest ", StringComparison.Ordinal))
        {
            return body;
        }

        var cited = new CitedText(body);
        return WholeLines().Replace(body, line => cited.Contains(line.Index) ? line.Value : "");
    }

    // Text below the marker is an edit too.
    static bool IsMarkerAlone(string rest) =>
        rest.StartsWith("<!-- monarch ", StringComparison.Ordinal) && rest.IndexOf("-->", StringComparison.Ordinal) == rest.Length - 3;

    static Match? Last(string body) => Lines().Matches(body) is [.., var last] ? last : null;

    static string Of(string title, string text) => Hash($"{title}\n{Normalized(text)}", 12);

    static string Hash(string text, int bytes) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));

    static string Normalized(string text) => text.ReplaceLineEndings("\n").TrimEnd();

    [GeneratedRegex("<!-- monarch-digest (?<digest>[0-9a-f]{24}) (?<fields>[0-9a-f]{16}) -->", RegexOptions.CultureInvariant)]
    private static partial Regex Lines();

    [GeneratedRegex(
        @"(?<=\A|[\r\n])<!-- monarch-digest [0-9a-f]{24} [0-9a-f]{16} -->[^\S\r\n]*(?:\r\n|\r|\n|\z)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex WholeLines();
}
