namespace Monarch.Redis;

/// <summary>A channel outside of <c>monarch:*</c> that a feature subscribes to, so that the user's rights are checked for it at start.</summary>
/// <param name="Channel">Its exact name.</param>
public sealed record RedisChannelUse(string Channel);
