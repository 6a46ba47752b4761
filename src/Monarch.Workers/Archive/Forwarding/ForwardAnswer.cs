namespace Monarch.Workers.Archive.Forwarding;

/// <summary>What became of one post.</summary>
/// <param name="Outcome">What follows from it.</param>
/// <param name="Reason">Why it was not delivered, such as <c>HTTP 422</c>.</param>
/// <param name="RetryAfter">How long the receiver wants nothing; null where it did not say.</param>
/// <param name="IsMisconfigured">Whether a person has to do something: the receiver does not accept any event of ours.</param>
sealed record ForwardAnswer(ForwardOutcome Outcome, string Reason = "", TimeSpan? RetryAfter = null, bool IsMisconfigured = false);

/// <summary>What follows from an answer. The names are values of a metric's tag.</summary>
enum ForwardOutcome
{
    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>It is posted again.</summary>
    Retried,

    /// <summary>The receiver does not accept this event.</summary>
    Refused,
}
