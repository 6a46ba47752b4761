using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Endpoints;

static class FailureRules
{
    /// <summary>
    /// Whether nothing that passes by itself is to blame. A bad credential does not end the work: it waits, visibly, for the
    /// credential to be replaced.
    /// </summary>
    public static bool IsPermanent(this Failure failure) =>
        failure.Kind is FailureKind.RefusedTarget or FailureKind.RejectedIssue or FailureKind.Bug && !failure.IsUnproven();

    /// <summary>
    /// Whether one such answer proves nothing, so that GitHub is asked again before it counts: a new repository answers 404 for some
    /// seconds, and a single 400 or 409 among good answers is a slip.
    /// </summary>
    public static bool IsUnproven(this Failure failure) =>
        failure is { Kind: FailureKind.RefusedTarget, Status: 404 } or { Kind: FailureKind.Bug, Status: not null };

    /// <summary>Whether GitHub has refused to create an issue and does not say what is wrong with it, if anything is.</summary>
    public static bool IsUnexplained(this Failure failure) =>
        failure is { Kind: FailureKind.Bug, Status: not null } or { Kind: FailureKind.Throttled, Status: 422, RetryAt: null };

    /// <summary>
    /// Whether nothing has failed: the budget has named the time at which it is this command's turn. A wait that GitHub has asked for
    /// carries the status of its refusal.
    /// </summary>
    public static bool IsSelfThrottled(this Failure failure) => failure is { Kind: FailureKind.Throttled, Status: null, RetryAt: not null };
}
