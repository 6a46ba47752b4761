namespace Monarch.Workers.GitHub.Snapshots;

/// <summary>The open issues of a source at one time, in the source's order.</summary>
/// <param name="Id">Derived from the content: an unchanged source has the same id.</param>
/// <param name="ReadAt">When the reading began (UTC).</param>
/// <param name="IssueCount">The number of issues.</param>
sealed record Snapshot(string Id, DateTimeOffset ReadAt, int IssueCount);
