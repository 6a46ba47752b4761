namespace Monarch.Redis;

/// <summary>
/// Redis could not be reached, did not answer in time, or is not ready to serve (loading its data, a replica without its master).
/// <b>The call may have been carried out all the same</b>: whoever repeats it must read again first.
/// It is the one exception for every kind of outage, so that a retry or a filter can name it.
/// </summary>
public sealed class RedisUnavailableException(string message, Exception? inner) : TimeoutException(message, inner);
