namespace Monarch.Workers.Archive.Forwarding;

/// <summary>The result of one post.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why it was not delivered, such as <c>HTTP 422</c>.</param>
/// <param name="RetryAfter">The wait that the receiver requested; null if it requested none.</param>
/// <param name="IsMisconfigured">Whether the receiver rejects all events, so that a person must act.</param>
sealed record ForwardAnswer(ForwardOutcome Outcome, string Reason = "", TimeSpan? RetryAfter = null, bool IsMisconfigured = false);

/// <summary>The outcome of a post. The names are values of a metric tag.</summary>
enum ForwardOutcome
{
    /// <summary>The receiver accepted it.</summary>
    Delivered,

    /// <summary>The post is retried.</summary>
    Retried,

    /// <summary>The receiver does not accept this event.</summary>
    Refused,
}
