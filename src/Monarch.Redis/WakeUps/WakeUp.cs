namespace Monarch.Redis;

/// <summary>A wake-up whose time has come.</summary>
/// <param name="Name">Which type of saga.</param>
/// <param name="SagaId">Which saga.</param>
/// <param name="DueAt">The time that the saga had saved (UTC), rounded up to a millisecond; the same each time that it comes.</param>
public sealed record WakeUp(string Name, Guid SagaId, DateTimeOffset DueAt);
