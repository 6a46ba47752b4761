using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Client;

/// <summary>GitHub did not do what was asked: why, sorted, and whether it may have done it all the same.</summary>
sealed class GitHubException(Failure failure, bool mayHaveHappened, Exception? inner = null)
    // MassTransit takes what has a cancellation at its root, as a time-out has, for a cancelled consumer, and puts an exception
    // without any cause in its place.
    : Exception(failure.Message, inner?.GetBaseException() is OperationCanceledException ? null : inner)
{
    public Failure Failure { get; } = failure;

    /// <summary>
    /// True when a create may have been carried out although it failed: a time-out, a connection lost after sending, a 5xx, an answer that
    /// could not be read. False when it certainly was not, and always for a read.
    /// </summary>
    public bool MayHaveHappened { get; } = mayHaveHappened;

    /// <summary>What GitHub says of its limits, when one of them was reached; null for every other failure.</summary>
    public Throttle? Throttle { get; init; }

    /// <summary>Whether it was not even sent, since it was too late for that.</summary>
    public bool IsUnsent { get; init; }

    /// <summary>Where a redirect leads, which was not followed; null for every other failure.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>The same refusal with another time.</summary>
    public GitHubException Until(DateTimeOffset retryAt) => new(Failure with { RetryAt = retryAt }, MayHaveHappened) { Throttle = Throttle };
}
