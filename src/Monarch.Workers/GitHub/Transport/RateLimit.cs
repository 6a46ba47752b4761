using System.Net;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>
/// Detects a rate limit and its wait. The rules and their order are those of "Rate limits for the REST API", section "Exceeding
/// the rate limit" (docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
/// </summary>
static class RateLimit
{
    /// <summary>The wait when GitHub returns no time.</summary>
    public static readonly TimeSpan AtLeast = TimeSpan.FromMinutes(1);

    // 422 is not a documented limit: the account pauses briefly, and the target backs off for longer each time.
    static readonly TimeSpan Briefly = TimeSpan.FromSeconds(5);

    /// <summary>Null when the answer is not a rate limit.</summary>
    public static Throttle? Read(HttpResponseMessage response, GitHubError? error, DateTimeOffset now)
    {
        var isDocumented = response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;
        if (!isDocumented && !MayBeALimit(response.StatusCode))
        {
            return null;
        }

        // The last request of the hour may be refused for another reason; then the header does not explain the refusal.
        var isUsedUp = isDocumented && RateHeaders.Remaining(response.Headers) == 0;
        var clock = RateHeaders.Clock(response.Headers, now);
        if (RetryAfter.Read(response.Headers, clock) is { } retryAfter)
        {
            return new(retryAfter - clock, isUsedUp);
        }

        if (isUsedUp && RateHeaders.ResetsIn(response.Headers, now) is { Ticks: > 0 } resetsIn)
        {
            return new(resetsIn, IsPrimary: true);
        }

        // With a reset in the past the default applies, a minute.
        var isLimit =
            isUsedUp
            || response.StatusCode == HttpStatusCode.TooManyRequests
            || response.Headers.NonValidated.Contains("Retry-After")
            || RefusalWords.NameALimit(error)
            || (!isDocumented && RefusalWords.NameSpam(error) && !RefusalWords.NameAField(error));
        return isLimit ? new(isDocumented ? null : Briefly, isUsedUp) : null;
    }

    // GitHub returns "You have exceeded a secondary rate limit." with 403 and 429, "was submitted too quickly" with 422.
    static bool MayBeALimit(HttpStatusCode status) => (int)status is >= 400 and < 500 and not (401 or 404 or 408 or 410 or 413 or 451);
}

/// <summary>A rate limit of GitHub was reached.</summary>
/// <param name="Wait">The wait by GitHub's clock; null when GitHub returned no time.</param>
/// <param name="IsPrimary">Whether the hourly request limit was reached; otherwise a secondary limit.</param>
sealed record Throttle(TimeSpan? Wait, bool IsPrimary);
