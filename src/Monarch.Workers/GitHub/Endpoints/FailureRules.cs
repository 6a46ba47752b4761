using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Endpoints;

static class FailureRules
{
    /// <summary>
    /// Whether nothing that passes by itself is to blame. A bad credential does not end the work: it waits, visibly, for the
    /// credential to be replaced.
    /// </summary>
    public static bool EndsTheWork(this Failure failure) =>
        failure.Kind is FailureKind.RefusedTarget or FailureKind.RejectedIssue or FailureKind.Bug;

    /// <summary>
    /// Whether nothing has failed: the budget has named the time at which it is this command's turn. A wait that GitHub has asked for
    /// carries the status of its refusal.
    /// </summary>
    public static bool IsOwnPace(this Failure failure) => failure is { Kind: FailureKind.Throttled, Status: null, RetryAt: not null };
}
