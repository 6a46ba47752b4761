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

    // A 422 is not among the documented limits: it holds the account up for a moment, and its own target for longer each time.
    static readonly TimeSpan ForAMoment = TimeSpan.FromSeconds(5);

    /// <summary>Null when the answer is a refusal for another reason.</summary>
    public static Throttle? Read(HttpResponseMessage response, GitHubError? error, DateTimeOffset now)
    {
        var isUsual = response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;
        if (!isUsual && !MayBeALimit(response.StatusCode))
            return null;

        // The last request of the hour may be refused for another reason: there the header says nothing of the refusal.
        var isUsedUp = isUsual && RateHeaders.Remaining(response.Headers) == 0;
        var clock = RateHeaders.Clock(response.Headers, now);
        if (RetryAfter.Read(response.Headers, clock) is { } retryAfter)
            return new(retryAfter - clock, isUsedUp);

        if (isUsedUp && RateHeaders.ResetsIn(response.Headers, now) is { Ticks: > 0 } resetsIn)
            return new(resetsIn, IsPrimary: true);

        // A header that says nothing (a reset in the past) leaves the rule for the rest, a minute.
        var isLimit = isUsedUp
            || response.StatusCode == HttpStatusCode.TooManyRequests
            || response.Headers.NonValidated.Contains("Retry-After")
            || RefusalWords.NameALimit(error)
            || (!isUsual && RefusalWords.NameSpam(error) && !RefusalWords.NameAField(error));
        return isLimit ? new(isUsual ? null : ForAMoment, isUsedUp) : null;
    }

    // "You have exceeded a secondary rate limit." comes as 403 and 429; "was submitted too quickly" as 422.
    static bool MayBeALimit(HttpStatusCode status) =>
        (int)status is >= 400 and < 500 and not (401 or 404 or 408 or 410 or 413 or 451);
}

/// <summary>GitHub has had enough.</summary>
/// <param name="Wait">How long it wants us to wait, by its own clock; null when it names no time.</param>
/// <param name="IsPrimary">Whether the requests of the hour are used up; otherwise it is a secondary limit.</param>
sealed record Throttle(TimeSpan? Wait, bool IsPrimary);
