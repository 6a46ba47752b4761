using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Client;

/// <summary>
/// Until when GitHub wants us to wait. The rules and their order are those of "Rate limits for the REST API", section "Exceeding the rate
/// limit" (docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
/// </summary>
static class RateLimit
{
    static readonly TimeSpan AtLeast = TimeSpan.FromMinutes(1);

    /// <summary>Null when the answer is a refusal for another reason.</summary>
    public static DateTimeOffset? RetryAt(HttpResponseMessage response, GitHubError? error, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
            return null;

        if (RetryAfter.Read(response.Headers, now) is { } retryAfter)
            return retryAfter;

        var isUsedUp = Number(response.Headers, "x-ratelimit-remaining") == 0;
        if (isUsedUp && Reset(response.Headers) is { } reset && reset > now)
            return reset;

        // A header that says nothing (a reset in the past: our clock and theirs differ) leaves the rule for the rest, a minute.
        var isLimit = isUsedUp
            || response.StatusCode == HttpStatusCode.TooManyRequests
            || response.Headers.NonValidated.Contains("Retry-After")
            || SaysSo(error?.Message)
            || SaysSo(error?.DocumentationUrl);
        return isLimit ? now + AtLeast : null;
    }

    // "You have exceeded a secondary rate limit.", formerly "You have triggered an abuse detection mechanism."
    static bool SaysSo(string? text) =>
        text is not null
        && (text.Contains("rate limit", StringComparison.OrdinalIgnoreCase)
            || text.Contains("rate-limit", StringComparison.OrdinalIgnoreCase)
            || text.Contains("abuse", StringComparison.OrdinalIgnoreCase));

    static DateTimeOffset? Reset(HttpResponseHeaders headers) =>
        Number(headers, "x-ratelimit-reset") is { } seconds && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    static long? Number(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values)
        && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
