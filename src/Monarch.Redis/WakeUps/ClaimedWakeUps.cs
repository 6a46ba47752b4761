namespace Monarch.Redis;

/// <summary>The result of a sweep.</summary>
/// <param name="Due">The wake-ups that the caller has leased.</param>
/// <param name="NextIn">The time until the next wake-up is due, leased ones included; zero when more are due now, null when there are none.</param>
public sealed record ClaimedWakeUps(IReadOnlyList<WakeUp> Due, TimeSpan? NextIn);
