using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Logging;

/// <summary>Finds secrets in the settings: values whose keys have certain endings, and the passwords in URLs.</summary>
static class Secrets
{
    // Shorter values would redact parts of ordinary words.
    const int MinLength = 6;

    // Of the broker in docker-compose.yml: it is no secret, and would redact the names of Monarch's classes.
    const string DefaultPassword = "monarch";

    static readonly string[] KeyEndings = ["_PAT", "_PATS", "_TOKEN", "_PASSWORD", "_SECRET", "_KEY", "_KEYS", "_HEADERS"];

    static readonly string[] UrlEndings = ["_URL", "_REDIS", "_ENDPOINT"];

    static readonly string[] BetweenTokens = [",", " ", "\t", "\r", "\n"];
    static readonly string[] LineEnds = ["\r", "\n", "\\n"];

    public static IReadOnlyList<string> In(IConfiguration configuration) =>
        [
            .. configuration
                .AsEnumerable()
                .SelectMany(setting => Values(setting.Key, setting.Value ?? ""))
                .Where(secret => secret.Length >= MinLength && secret != DefaultPassword)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(secret => secret.Length),
        ];

    static IEnumerable<string> Values(string key, string value)
    {
        if (KeyEndings.Any(ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
        {
            yield return value;
            // Each of several tokens or secrets, and each line of a key, is a secret too.
            var hasSeveral =
                key.EndsWith("S", StringComparison.OrdinalIgnoreCase) || key.EndsWith("_SECRET", StringComparison.OrdinalIgnoreCase);
            foreach (var part in value.Split(hasSeveral ? BetweenTokens : LineEnds, StringSplitOptions.RemoveEmptyEntries))
            {
                yield return part;
                // name:role:key
                if (part.Split(':', 3) is [_, _, var named])
                {
                    yield return named;
                }
            }
        }
        // Up to the last @: an invalid URL, whose password contains an unescaped character, has the same secret.
        else if (
            UrlEndings.Any(ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            && value.Split("://", 2) is [_, var rest]
            && rest[..Math.Max(rest.LastIndexOf('@'), 0)].Split(':', 2) is [_, var password]
        )
        {
            yield return password;
            yield return Uri.UnescapeDataString(password);
        }
    }
}
