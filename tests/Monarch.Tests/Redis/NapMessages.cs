namespace Monarch.Tests.Redis;

public sealed record TakeNap(Guid Id, DateTimeOffset? WakeAt, bool Fail = false);

public sealed record EndNap(Guid Id, DateTimeOffset DueAt);
