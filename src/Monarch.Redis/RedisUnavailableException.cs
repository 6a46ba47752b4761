namespace Monarch.Redis;

/// <summary>
/// Redis could not be reached, did not answer in time, or is not ready to serve (loading its data, a replica, out of memory), or denies the user's login or a command.
/// <b>The call may have been carried out nevertheless</b>: read again before repeating it.
/// It is the one exception for every kind of outage, so that a retry or a filter can name it.
/// </summary>
public sealed class RedisUnavailableException(string message, Exception? inner)
    // A call that was pending when the connection broke has a cancellation at its root. MassTransit takes that for a cancelled consumer
    // and replaces the exception by one that looks like a bug.
    : TimeoutException(message, inner?.GetBaseException() is OperationCanceledException ? null : inner);
