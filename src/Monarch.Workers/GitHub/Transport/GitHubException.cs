using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>A request to GitHub failed: the classified failure, and whether the request may have been carried out.</summary>
sealed class GitHubException(Failure failure, bool mayHaveHappened, Exception? inner = null)
    // MassTransit treats an exception with a cancellation at its root, such as a time-out, as a cancelled consumer, and replaces it with
    // an exception without a cause.
    : Exception(failure.Message, inner?.GetBaseException() is OperationCanceledException ? null : inner)
{
    public Failure Failure { get; } = failure;

    /// <summary>
    /// True when a failed create may have been carried out: a time-out, a connection lost after sending, a 5xx, an unreadable answer.
    /// False when it was not, and always for a read.
    /// </summary>
    public bool MayHaveHappened { get; } = mayHaveHappened;

    /// <summary>The rate limit that was reached; null for every other failure.</summary>
    public Throttle? Throttle { get; init; }

    /// <summary>Whether the request was not sent because its deadline had elapsed.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>The address of a redirect that was not followed; null for every other failure.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>Whether an issue was deleted or transferred. A 404 proves neither.</summary>
    public bool IsGone => MovedTo is not null || Failure.Status == 410;

    /// <summary>Returns the same refusal with another retry time.</summary>
    public GitHubException Until(DateTimeOffset retryAt) =>
        new(Failure with { RetryAt = retryAt }, MayHaveHappened) { Throttle = Throttle };
}
