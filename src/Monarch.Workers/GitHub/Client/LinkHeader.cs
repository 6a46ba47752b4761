using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Client;

/// <summary>The <c>Link</c> header (RFC 8288), by which GitHub leads from page to page.</summary>
static partial class LinkHeader
{
    /// <summary>The address of the next page; null on the last one.</summary>
    public static string? Next(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Link", out var values))
            return null;

        return Link().Matches(string.Join(", ", (IEnumerable<string>)values))
            .Where(IsNext)
            .Select(link => link.Groups["address"].Value)
            .FirstOrDefault();
    }

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
