namespace Monarch.Redis;

/// <summary>What a sweep found.</summary>
/// <param name="Due">The wake-ups that are the caller's until its lease ends.</param>
/// <param name="NextIn">How long until the next one, leased ones included; zero when there are more now, null when there are none.</param>
public sealed record ClaimedWakeUps(IReadOnlyList<WakeUp> Due, TimeSpan? NextIn);
