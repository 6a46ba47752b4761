namespace Monarch.Sandbox.Slack;

/// <summary>"One message per second per channel, short bursts allowed": a token bucket. Not thread-safe.</summary>
/// <remarks>https://docs.slack.dev/apis/web-api/rate-limits</remarks>
sealed class ChannelPace
{
    double _tokens = double.MaxValue;
    DateTimeOffset _filledAt = DateTimeOffset.MinValue;

    /// <summary>The wait until the next message is allowed; zero: it is allowed and has been counted.</summary>
    public TimeSpan Take(DateTimeOffset now, double perSecond, int burst)
    {
        _tokens = Math.Min(burst, _tokens + (now - _filledAt).TotalSeconds * perSecond);
        _filledAt = now;
        if (_tokens < 1)
        {
            return TimeSpan.FromSeconds((1 - _tokens) / perSecond);
        }

        _tokens--;
        return TimeSpan.Zero;
    }
}
