namespace Monarch.Workers.Archive.Reading;

/// <summary>One line of a segment.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="IsWhole">Whether it ends with a newline; only the last may not, when a crash cut it off.</param>
/// <param name="Problem">What is wrong with a whole line; null when it is an event.</param>
/// <param name="Time">When the event was received.</param>
/// <param name="RoutingKey">The key that it was published with.</param>
readonly record struct SegmentLine(long Number, bool IsWhole, string? Problem, DateTimeOffset Time, string RoutingKey);
