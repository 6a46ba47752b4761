using MassTransit;

namespace Monarch.Redis.Outages;

/// <summary>
/// Recognises failures that are not the message's own: Redis or the broker is unavailable, and the message is handled again.
/// </summary>
public static class HeldFailure
{
    /// <summary>
    /// Whether Redis is unavailable, or the transport cannot send, as when it stops. (The transport itself retries what a broker does not
    /// confirm.) MassTransit wraps the exceptions of sagas.
    /// </summary>
    /// <param name="exception">Why the handling failed.</param>
    public static bool IsBehind(Exception? exception) =>
        exception is not null && (exception is RedisUnavailableException or ConnectionException || IsBehind(exception.InnerException));
}
