namespace Monarch.Hosting.Bus;

/// <summary>
/// How messages are held while Redis is unavailable. Not configurable: it follows from RabbitMQ's <c>consumer_timeout</c>; tests shorten
/// it.
/// </summary>
sealed class HoldOptions
{
    /// <summary>How long a message is held before it is returned to RabbitMQ, which would close the channel after thirty minutes.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(10);
}
