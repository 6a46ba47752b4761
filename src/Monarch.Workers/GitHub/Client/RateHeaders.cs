using System.Globalization;
using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Client;

/// <summary>The limit of an hour's requests as an answer's headers show it, in spans by GitHub's own clock: ours may differ.</summary>
static class RateHeaders
{
    /// <summary>The requests that are left; null when the answer does not say.</summary>
    public static int? Remaining(HttpResponseHeaders headers) =>
        Number(headers, "x-ratelimit-remaining") is { } remaining ? (int)Math.Min(remaining, int.MaxValue) : null;

    /// <summary>How long until there are all again, negative when that has passed; null when the answer does not say.</summary>
    public static TimeSpan? ResetsIn(HttpResponseHeaders headers, DateTimeOffset now) =>
        Number(headers, "x-ratelimit-reset") is { } seconds && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds) - Clock(headers, now)
            : null;

    /// <summary>GitHub's clock at its answer; ours when it does not say.</summary>
    public static DateTimeOffset Clock(HttpResponseHeaders headers, DateTimeOffset now) => headers.Date ?? now;

    static long? Number(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values)
        && long.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
