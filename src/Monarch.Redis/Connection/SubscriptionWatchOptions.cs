namespace Monarch.Redis.Connection;

/// <summary>The timing of subscription checks. Not configurable; tests shorten it.</summary>
sealed class SubscriptionWatchOptions
{
    /// <summary>The interval between two successful checks.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait for the published message.</summary>
    public TimeSpan EchoTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
