namespace Monarch.Contracts;

/// <summary>What can go wrong, sorted. The one taxonomy of logs, metrics, pages, Slack and messages.</summary>
public enum FailureKind
{
    /// <summary>
    /// Not foreseen: the message ends in an <c>_error</c> queue and its issue is named as failed. Or an answer of GitHub that makes no sense,
    /// such as 400: GitHub is asked again before the issue, target or source is named.
    /// </summary>
    Bug = 0,

    /// <summary>A 5xx, a time-out or a network failure: it passes, the saga waits and tries again.</summary>
    Transient = 1,

    /// <summary>
    /// GitHub or Slack asked us to wait; <see cref="Failure.RetryAt"/> says until when. Or GitHub refused an issue, with 422, without naming
    /// a field of it.
    /// </summary>
    Throttled = 2,

    /// <summary>401: the credential is not (or no longer) valid; nothing goes on with it until it is replaced.</summary>
    Unauthorised = 3,

    /// <summary>This repository cannot be read or written: 404, 403 without a limit, 410 (issues off), 451, archived.</summary>
    RefusedTarget = 4,

    /// <summary>A 422 that names a field of the issue, or a text that Slack refuses: only this one is not acceptable; the others go on.</summary>
    RejectedIssue = 5,
}
