namespace Monarch.Redis;

/// <summary>Registered if the Redis of the state stores log lines; the rights for it are checked at start.</summary>
public sealed record RedisLogUse;
