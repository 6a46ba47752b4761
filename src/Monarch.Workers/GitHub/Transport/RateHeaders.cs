using System.Globalization;
using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Reads the hourly request limit from an answer's headers, as time spans by GitHub's clock, since ours may differ.</summary>
static class RateHeaders
{
    /// <summary>The remaining requests; null without the header.</summary>
    public static int? Remaining(HttpResponseHeaders headers) =>
        Number(headers, "x-ratelimit-remaining") is { } remaining ? (int)Math.Min(remaining, int.MaxValue) : null;

    /// <summary>The time until the limit resets, negative when it has passed; null without the header.</summary>
    public static TimeSpan? ResetsIn(HttpResponseHeaders headers, DateTimeOffset now) =>
        Number(headers, "x-ratelimit-reset") is { } seconds && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) - Clock(headers, now)
            : null;

    /// <summary>GitHub's time of the answer; ours without the header.</summary>
    public static DateTimeOffset Clock(HttpResponseHeaders headers, DateTimeOffset now) => headers.Date ?? now;

    static long? Number(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values)
        && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
