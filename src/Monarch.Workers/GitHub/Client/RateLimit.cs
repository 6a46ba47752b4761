using System.Net;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Client;

/// <summary>
/// Whether and how long GitHub wants us to wait. The rules and their order are those of "Rate limits for the REST API", section "Exceeding
/// the rate limit" (docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
/// </summary>
static class RateLimit
{
    /// <summary>Where GitHub names no time.</summary>
    public static readonly TimeSpan AtLeast = TimeSpan.FromMinutes(1);

    /// <summary>Null when the answer is a refusal for another reason.</summary>
    public static Throttle? Read(HttpResponseMessage response, GitHubError? error, DateTimeOffset now)
    {
        if (response.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests))
            return null;

        var isUsedUp = RateHeaders.Remaining(response.Headers) == 0;
        var clock = RateHeaders.Clock(response.Headers, now);
        if (RetryAfter.Read(response.Headers, clock) is { } retryAfter)
            return new(retryAfter - clock, isUsedUp);

        if (isUsedUp && RateHeaders.ResetsIn(response.Headers, now) is { Ticks: > 0 } resetsIn)
            return new(resetsIn, IsPrimary: true);

        // A header that says nothing (a reset in the past) leaves the rule for the rest, a minute.
        var isLimit = isUsedUp
            || response.StatusCode == HttpStatusCode.TooManyRequests
            || response.Headers.NonValidated.Contains("Retry-After")
            || SaysSo(error?.Message)
            || SaysSo(error?.DocumentationUrl);
        return isLimit ? new(null, isUsedUp) : null;
    }

    // "You have exceeded a secondary rate limit.", formerly "You have triggered an abuse detection mechanism."
    static bool SaysSo(string? text) =>
        text is not null
        && (text.Contains("rate limit", StringComparison.OrdinalIgnoreCase)
            || text.Contains("rate-limit", StringComparison.OrdinalIgnoreCase)
            || text.Contains("abuse", StringComparison.OrdinalIgnoreCase));
}

/// <summary>GitHub has had enough.</summary>
/// <param name="Wait">How long it wants us to wait, by its own clock; null when it names no time.</param>
/// <param name="IsPrimary">Whether the requests of the hour are used up; otherwise it is a secondary limit.</param>
sealed record Throttle(TimeSpan? Wait, bool IsPrimary);
