namespace Monarch.Redis;

/// <summary>How often the subscription is checked. Not a setting: only tests use other values.</summary>
sealed class SubscriptionWatchOptions
{
    /// <summary>Between two checks while all is well.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait for an echo.</summary>
    public TimeSpan BackoffPolicy { get; set; } = TimeSpan.FromSeconds(5);
}
