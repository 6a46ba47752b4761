using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Client;

/// <summary>The <c>Link</c> header (RFC 8288), by which GitHub leads from page to page.</summary>
/// <remarks>Octokit has a reader of its own: it splits at commas, also at those of an address, and stops at a relation that it does not know.</remarks>
static partial class LinkHeader
{
    /// <summary>The address of the next page; null on the last one.</summary>
    public static string? Next(HttpResponseHeaders headers) => headers.NonValidated.TryGetValues("Link", out var values)
        ? Link().Matches(string.Join(", ", (IEnumerable<string>)values)).FirstOrDefault(IsNext)?.Groups["address"].Value
        : null;

    // One link may have several relations: rel="next last".
    static bool IsNext(Match link) => link.Groups["key"].Captures.Zip(link.Groups["value"].Captures)
        .Any(x => x.First.Value.Equals("rel", StringComparison.OrdinalIgnoreCase)
            && x.Second.Value.Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase));

    // An address may hold commas and semicolons, a quoted parameter too. Every key has a value, be it empty.
    [GeneratedRegex(
        """<(?<address>[^>]*)>(?:\s*;\s*(?<key>[^\s=;,"<]+)(?:\s*=\s*(?:"(?<value>[^"]*)"|(?<value>[^\s;,"]*))|(?<value>)))*""",
        RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
