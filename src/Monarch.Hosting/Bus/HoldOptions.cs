namespace Monarch.Hosting.Bus;

/// <summary>How messages are held while Redis is away. No setting: it follows from RabbitMQ's <c>consumer_timeout</c>, and tests are in a hurry.</summary>
sealed class HoldOptions
{
    /// <summary>How long before RabbitMQ gets a message back; itself it would take it, and the whole channel, after thirty minutes.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(10);
}
