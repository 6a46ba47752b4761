using Monarch.Workers.GitHub.Snapshots;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>Nobody foresaw what happened while one issue was being created: it is that issue's failure, and the others go on.</summary>
sealed class IssueBugException(SnapshotIssue issue, Exception bug) : Exception(bug.Message, bug)
{
    public SnapshotIssue Issue { get; } = issue;

    public Exception Bug { get; } = bug;
}
