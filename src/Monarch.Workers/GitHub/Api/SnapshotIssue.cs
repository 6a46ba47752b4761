namespace Monarch.Workers.GitHub.Api;

/// <summary>The copied fields of an issue of the source.</summary>
/// <param name="Number">Its number in the source.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its body in Markdown; null for none.</param>
/// <param name="Url">The address of its web page.</param>
/// <param name="Unreadable">A required field that cannot be read, so that the issue cannot be copied; null when all can be read.</param>
sealed record SnapshotIssue(int Number, string Title, string? Body, string Url, string? Unreadable = null);
