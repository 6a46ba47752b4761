namespace Monarch.Redis.Outages;

/// <summary>
/// Redis is unreachable, did not respond in time, is not ready (loading its data, a replica, out of memory), or denies the user's login or
/// a command. <b>The call may have been executed nevertheless</b>: read again before repeating it. The single exception for every kind of
/// outage, so that retries and filters can name it.
/// </summary>
public sealed class RedisUnavailableException(string message, Exception? inner)
    // A call that was pending when the connection was lost has a cancellation as its root cause. MassTransit treats it as a cancelled
    // consumer, and replaces the exception with a misleading one.
    : TimeoutException(message, inner?.GetBaseException() is OperationCanceledException ? null : inner);
