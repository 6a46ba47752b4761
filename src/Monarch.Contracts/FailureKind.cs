namespace Monarch.Contracts;

/// <summary>The kinds of failures, shared by logs, metrics, pages, Slack and messages.</summary>
public enum FailureKind
{
    /// <summary>
    /// An unexpected error: the message ends in an <c>_error</c> queue and its issue is recorded as failed. Or an unexpected answer of
    /// GitHub, such as 400: the request is retried before the issue, target or source is recorded as failed.
    /// </summary>
    Bug = 0,

    /// <summary>A 5xx, a time-out or a network failure: temporary, the saga waits and retries.</summary>
    Transient = 1,

    /// <summary>
    /// GitHub or Slack requires a wait, until <see cref="Failure.RetryAt"/>. Or GitHub refused an issue, with 422, without naming
    /// a field of it.
    /// </summary>
    Throttled = 2,

    /// <summary>401: the credential is not (or no longer) valid; work with it stops until it is replaced.</summary>
    Unauthorised = 3,

    /// <summary>This repository cannot be read or written: 404, 403 without a limit, 410 (issues off), 451, archived.</summary>
    RefusedTarget = 4,

    /// <summary>
    /// A 422 that names a field of the issue, or a text that Slack refuses: only this one is not acceptable; the others continue.
    /// </summary>
    RejectedIssue = 5,
}
