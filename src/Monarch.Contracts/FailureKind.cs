namespace Monarch.Contracts;

/// <summary>What can go wrong, sorted. The one taxonomy of logs, metrics, pages, Slack and messages.</summary>
public enum FailureKind
{
    /// <summary>Foreseen by nobody: the message ends in an <c>_error</c> queue and its issue is named as failed.</summary>
    Bug = 0,

    /// <summary>A 5xx, a time-out or a network failure: it passes, the saga waits and tries again.</summary>
    Transient = 1,

    /// <summary>GitHub or Slack asked us to wait; <see cref="Failure.RetryAt"/> says until when.</summary>
    Throttled = 2,

    /// <summary>401: the credential is not (or no longer) valid; nothing goes on with it until it is replaced.</summary>
    Unauthorised = 3,

    /// <summary>This repository cannot be read or written: 404, 403 without a limit, 410 (issues off), 451, archived.</summary>
    RefusedTarget = 4,

    /// <summary>422: this one issue is not acceptable to GitHub, or this one text to Slack; the others go on.</summary>
    RejectedIssue = 5,
}
