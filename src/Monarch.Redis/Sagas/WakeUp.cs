namespace Monarch.Redis.Sagas;

/// <summary>A wake-up that is due, or that follows a restart.</summary>
/// <param name="Name">The name of the wake-ups of the saga's type.</param>
/// <param name="SagaId">The id of the saga.</param>
/// <param name="DueAt">
/// The time that the saga has saved (UTC), rounded up to a millisecond; the same for each delivery. After a restart never later than now,
/// so that a saga that only compares times is not woken early.
/// </param>
/// <param name="IsRestart">True when messages in flight are lost (<see cref="WakeUpOptions.MessagesAreLostOnRestart"/>).</param>
/// <param name="TraceParent">The trace of the saga; null for none.</param>
public sealed record WakeUp(string Name, Guid SagaId, DateTimeOffset DueAt, bool IsRestart = false, string? TraceParent = null);
