namespace Monarch.Workers.GitHub.Snapshots;

/// <summary>The source's open issues as they were at one time, in the source's order.</summary>
/// <param name="Id">Named after its content: an unchanged source gives the same id.</param>
/// <param name="ReadAt">When the reading began (UTC).</param>
/// <param name="IssueCount">How many issues it holds.</param>
sealed record Snapshot(string Id, DateTimeOffset ReadAt, int IssueCount);
