namespace Monarch.Redis;

/// <summary>A time in which nothing that is published on Redis is heard.</summary>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Since">Since when (UTC).</param>
sealed record Deafness(string Reason, DateTimeOffset Since);
