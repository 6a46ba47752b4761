using Monarch.Workers.GitHub.Api;

namespace Monarch.Workers.GitHub.Endpoints;

/// <summary>An unexpected error while an issue was created: the issue is rejected, and the next command continues after it.</summary>
sealed class IssueBugException(SnapshotIssue issue, Exception bug) : Exception(bug.Message, bug)
{
    public SnapshotIssue Issue { get; } = issue;

    public Exception Bug { get; } = bug;
}
