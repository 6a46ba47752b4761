namespace Monarch.Redis;

/// <summary>Registered where log lines are kept in the Redis of the state, so that the user's rights are checked for it at start.</summary>
public sealed record RedisLogUse;
