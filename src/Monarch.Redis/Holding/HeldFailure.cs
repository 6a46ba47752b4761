using MassTransit;

namespace Monarch.Redis;

/// <summary>The failures that are not the message's own: what its handling needs is away, and it is handled again.</summary>
public static class HeldFailure
{
    /// <summary>
    /// Whether Redis is away, or the transport cannot send, as when it stops. (It tries again itself what a broker does not confirm.)
    /// MassTransit wraps what sagas throw.
    /// </summary>
    /// <param name="exception">Why the handling failed.</param>
    public static bool IsBehind(Exception? exception) =>
        exception is not null && (exception is RedisUnavailableException or ConnectionException || IsBehind(exception.InnerException));
}
