namespace Monarch.Hosting.Bus;

/// <summary>How long the bus may be disconnected. Not configurable; tests shorten it.</summary>
sealed class BusHealthOptions
{
    /// <summary>How long the bus may be disconnected before the process is not ready.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long RabbitMQ.Client may take to close a lost connection before the process exits. It usually takes a second or two.
    /// </summary>
    public TimeSpan LongestEnd { get; set; } = TimeSpan.FromSeconds(10);
}
