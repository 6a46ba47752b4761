namespace Monarch.Redis;

/// <summary>A channel outside of <c>monarch:*</c> that a feature subscribes to; the user's rights to it are checked at start.</summary>
/// <param name="Channel">Its exact name.</param>
public sealed record RedisChannelUse(string Channel);
