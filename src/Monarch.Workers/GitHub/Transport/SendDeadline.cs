using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>
/// The timestamp of this process' monotonic clock until which a request may be sent. It is checked last, since a look-up and a token
/// request may precede the request.
/// </summary>
static class SendDeadline
{
    public static readonly HttpRequestOptionsKey<long> Option = new(nameof(SendDeadline));

    /// <exception cref="GitHubException">The deadline has elapsed; nothing is sent.</exception>
    public static void ThrowIfLate(HttpRequestMessage request, TimeProvider time)
    {
        if (request.Options.TryGetValue(Option, out var deadline) && time.GetTimestamp() > deadline)
        {
            var failure = new Failure
            {
                Kind = FailureKind.Transient,
                Message = "The worker was delayed and did not send the request before its deadline.",
                RetryAt = time.GetUtcNow(),
            };
            throw new GitHubException(failure, mayHaveHappened: false) { IsUnsent = true };
        }
    }
}
