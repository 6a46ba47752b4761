namespace Monarch.Redis;

/// <summary>An entry that was read and not removed yet.</summary>
/// <param name="Id">Redis' id of it.</param>
/// <param name="Consumer">The consumer that has it.</param>
/// <param name="Idle">How long since it was last delivered.</param>
/// <param name="Deliveries">How often it was delivered.</param>
public sealed record PendingWork(string Id, string Consumer, TimeSpan Idle, long Deliveries);
