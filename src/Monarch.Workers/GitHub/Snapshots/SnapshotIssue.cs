namespace Monarch.Workers.GitHub.Snapshots;

/// <summary>What is copied of one issue of the source.</summary>
/// <param name="Number">Its number in the source.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body in Markdown; null for none.</param>
/// <param name="Url">Where a person reads it.</param>
/// <param name="Unreadable">The field that could not be read, so that it cannot be copied; null when it can.</param>
sealed record SnapshotIssue(int Number, string Title, string? Body, string Url, string? Unreadable = null);
