namespace Monarch.Hosting.Bus;

/// <summary>How messages are held while Redis is away. Not configurable: it follows from RabbitMQ's <c>consumer_timeout</c>; tests shorten it.</summary>
sealed class HoldOptions
{
    /// <summary>How long until a message is returned to RabbitMQ, which would close the whole channel after thirty minutes.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(10);
}
