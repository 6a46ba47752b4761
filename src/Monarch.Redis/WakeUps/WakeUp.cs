namespace Monarch.Redis;

/// <summary>A wake-up whose time has come, or one for everybody after a restart.</summary>
/// <param name="Name">Which type of saga.</param>
/// <param name="SagaId">Which saga.</param>
/// <param name="DueAt">
/// The time that the saga had saved (UTC), rounded up to a millisecond; the same each time that it comes. After a restart never later than
/// now, so that a saga that only compares times is not woken early.
/// </param>
/// <param name="IsRestart">True when messages that were under way are lost (<see cref="WakeUpOptions.MessagesAreLostOnRestart"/>).</param>
/// <param name="TraceParent">The trace that the saga belongs to; null for none.</param>
public sealed record WakeUp(string Name, Guid SagaId, DateTimeOffset DueAt, bool IsRestart = false, string? TraceParent = null);
