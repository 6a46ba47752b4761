namespace Monarch.Workers.GitHub.Client;

/// <summary>GitHub has had enough.</summary>
/// <param name="Wait">How long it wants us to wait, by its own clock; null when it names no time.</param>
/// <param name="IsPrimary">Whether the requests of the hour are used up; otherwise it is a secondary limit.</param>
sealed record Throttle(TimeSpan? Wait, bool IsPrimary);
