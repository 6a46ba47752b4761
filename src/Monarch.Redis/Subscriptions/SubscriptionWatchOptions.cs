namespace Monarch.Redis;

/// <summary>How often the subscription is tried. No setting: only tests are in a hurry.</summary>
sealed class SubscriptionWatchOptions
{
    /// <summary>How long between two tries while all is well.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait for an echo.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);
}
