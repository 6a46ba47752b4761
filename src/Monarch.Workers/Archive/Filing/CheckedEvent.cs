namespace Monarch.Workers.Archive.Filing;

/// <summary>What was found out about a payload.</summary>
/// <param name="Rejection">Why it cannot be filed; null when it can.</param>
/// <param name="Problem">The same for people; null when it can be filed.</param>
/// <param name="Action">The text of its member <c>action</c>; null when it has none of at most 64 bytes.</param>
/// <param name="Entity">The text of its member <c>entity</c>; null when it has none of at most 64 bytes.</param>
readonly record struct CheckedEvent(Rejection? Rejection, string? Problem, string? Action = null, string? Entity = null);
