namespace Monarch.Redis;

/// <summary>
/// Redis could not be reached, did not answer in time, or is not ready to serve (loading its data, a replica without its master).
/// <b>The call may have been carried out all the same</b>: whoever repeats it must read again first.
/// It is the one exception for every kind of outage, so that a retry or a filter can name it.
/// </summary>
public sealed class RedisUnavailableException(string message, Exception? inner)
    // MassTransit takes what has a cancellation at its root, as a call has that was under way when the connection broke, for a
    // cancelled consumer, and puts an exception in its place that nothing tells from a bug.
    : TimeoutException(message, inner?.GetBaseException() is OperationCanceledException ? null : inner);
