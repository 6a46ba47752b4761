using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Client;

/// <summary>
/// Until when a request may leave, as a timestamp of this process' monotonic clock. Between the decision to make it and the connection lie
/// a look-up and perhaps the request for a token, so it is checked last.
/// </summary>
static class SendDeadline
{
    public static readonly HttpRequestOptionsKey<long> Option = new(nameof(SendDeadline));

    /// <exception cref="GitHubException">It is too late: nothing is sent.</exception>
    public static void ThrowIfLate(HttpRequestMessage request, TimeProvider time)
    {
        if (request.Options.TryGetValue(Option, out var latest) && time.GetTimestamp() > latest)
        {
            var failure = new Failure
            {
                Kind = FailureKind.Transient,
                Message = "The worker was held up before it could send a request.",
                RetryAt = time.GetUtcNow(),
            };
            throw new GitHubException(failure, mayHaveHappened: false) { IsUnsent = true };
        }
    }
}
