using System.Globalization;
using System.Net.Http.Headers;

namespace Monarch.Workers.Http;

/// <summary>The <c>Retry-After</c> header: seconds, or a date.</summary>
static class RetryAfter
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>A longer wait indicates a broken server. The limit also prevents an overflow of the sum.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>
    /// Null when the header is missing or invalid. A date in the past is invalid: the clocks differ, and an immediate retry would
    /// exceed the limit again.
    /// </summary>
    public static DateTimeOffset? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        // Reads the raw value: the typed header drops a number of seconds above int.MaxValue.
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values) || values.ToString() is not { Length: > 0 } value)
        {
            return null;
        }

        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return now + Bounded(TimeSpan.FromSeconds(Math.Min(seconds, (long)Longest.TotalSeconds)));
        }

        return headers.RetryAfter?.Date is { } date && date > now ? now + Bounded(date - now) : null;
    }

    static TimeSpan Bounded(TimeSpan wait) => TimeSpan.FromTicks(Math.Clamp(wait.Ticks, Shortest.Ticks, Longest.Ticks));
}
