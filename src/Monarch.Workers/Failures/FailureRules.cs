using Monarch.Contracts;

namespace Monarch.Workers.Failures;

static class FailureRules
{
    /// <summary>
    /// Whether a retry cannot succeed. An invalid credential is not permanent: the migration waits until the credential is replaced.
    /// </summary>
    public static bool IsPermanent(this Failure failure) =>
        failure.Kind is FailureKind.RefusedTarget or FailureKind.RejectedIssue or FailureKind.Bug && !failure.IsUnproven();

    /// <summary>
    /// Whether a single such answer is inconclusive and must be confirmed by a retry: a new repository answers 404 for some seconds, and
    /// a single 400 or 409 may be an error of GitHub.
    /// </summary>
    public static bool IsUnproven(this Failure failure) =>
        failure is { Kind: FailureKind.RefusedTarget, Status: 404 } or { Kind: FailureKind.Bug, Status: not null };

    /// <summary>Whether GitHub refused to create an issue without giving a reason.</summary>
    public static bool IsUnexplained(this Failure failure) =>
        failure is { Kind: FailureKind.Bug, Status: not null } or { Kind: FailureKind.Throttled, Status: 422, RetryAt: null };

    /// <summary>
    /// Whether GitHub refuses to change one part of an issue, or to create a label or a milestone, and not the account or the moment.
    /// </summary>
    public static bool RefusesPart(this Failure failure) =>
        failure.Kind == FailureKind.RejectedIssue
        || failure is { Kind: FailureKind.RefusedTarget, Status: 403 } or { Kind: FailureKind.Throttled, Status: 422, RetryAt: null };

    /// <summary>
    /// Whether the budget deferred the command to a later time, and nothing failed. A wait that GitHub asked for carries the status of
    /// its refusal.
    /// </summary>
    public static bool IsSelfThrottled(this Failure failure) => failure is { Kind: FailureKind.Throttled, Status: null, RetryAt: not null };
}
