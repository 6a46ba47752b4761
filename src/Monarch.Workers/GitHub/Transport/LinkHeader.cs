using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Reads the <c>Link</c> header (RFC 8288), which GitHub uses for paging.</summary>
/// <remarks>Octokit's own reader also splits at commas inside an address, and stops at an unknown relation.</remarks>
static partial class LinkHeader
{
    /// <summary>The address of the next page; null on the last page.</summary>
    public static string? Next(HttpResponseHeaders headers) =>
        headers.NonValidated.TryGetValues("Link", out var values)
            ? Link().Matches(string.Join(", ", (IEnumerable<string>)values)).FirstOrDefault(IsNext)?.Groups["address"].Value
            : null;

    // One link may have several relations: rel="next last".
    static bool IsNext(Match link) =>
        link.Groups["key"]
            .Captures.Zip(link.Groups["value"].Captures)
            .Any(x =>
                x.First.Value.Equals("rel", StringComparison.OrdinalIgnoreCase)
                && x.Second.Value.Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase)
            );

    // Addresses and quoted parameters may contain commas and semicolons. A key without a value has an empty one.
    [GeneratedRegex(
        """<(?<address>[^>]*)>(?:\s*;\s*(?<key>[^\s=;,"<]+)(?:\s*=\s*(?:"(?<value>[^"]*)"|(?<value>[^\s;,"]*))|(?<value>)))*""",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Link();
}
