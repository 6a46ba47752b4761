namespace Monarch.Redis;

/// <summary>An entry that was read and not yet removed.</summary>
/// <param name="Id">The id of the entry.</param>
/// <param name="Consumer">Its current consumer.</param>
/// <param name="Idle">The time since its last delivery.</param>
/// <param name="Deliveries">The number of its deliveries.</param>
public sealed record PendingWork(string Id, string Consumer, TimeSpan Idle, long Deliveries);
