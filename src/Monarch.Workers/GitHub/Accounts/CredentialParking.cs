using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>
/// Stops every replica from using a credential that GitHub answers with 401, since GitHub blocks clients that continue. Every few minutes
/// one request of one replica probes the credential, so that it recovers automatically from a transient 401.
/// </summary>
sealed class CredentialParking(ICredentialStore store, TimeProvider time, ILogger<CredentialParking> logger)
{
    static readonly TimeSpan ProbeAfter = TimeSpan.FromMinutes(5);

    // Retries send no request to GitHub while the credential is parked, and work must resume soon after the token is replaced.
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(15);

    // A single 401 may be an error of GitHub. A second one counts between these two times after the first.
    static readonly TimeSpan ConfirmedAfter = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    static readonly TimeSpan CacheLifetime = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, CachedState> _cache = new();
    readonly ConcurrentDictionary<string, long> _refused = new();

    public Task<ParkedCredential?> FindAsync(Credential credential, CancellationToken cancellationToken) =>
        store.FindAsync(credential.Name, cancellationToken);

    /// <summary>Called before each request.</summary>
    /// <returns>Whether the request may be sent, and whether it probes a parked credential.</returns>
    public async Task<Entry> EnterAsync(Credential credential, CancellationToken cancellationToken)
    {
        if (await GetParkedAsync(credential.Name, cancellationToken) is not { } parked)
        {
            return new(null, IsProbe: false);
        }

        return parked.RetryAt <= time.GetUtcNow() && await store.TryProbeAsync(credential.Name, ProbeAfter, cancellationToken)
            ? new(null, IsProbe: true)
            : new(Refusal(credential, parked), IsProbe: false);
    }

    /// <summary>Called when GitHub has answered 401. The second 401, at least a second later, parks the credential.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="failure">GitHub's answer.</param>
    /// <param name="isProbe">Whether the request was a probe of a parked credential.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The exception to throw.</returns>
    public async Task<GitHubException> RefusedAsync(
        Credential credential,
        Failure failure,
        bool isProbe,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetTimestamp();
        var first = _refused.AddOrUpdate(credential.Name, now, (_, at) => time.GetElapsedTime(at, now) < ForgottenAfter ? at : now);
        return !isProbe && ConfirmedAfter - time.GetElapsedTime(first, now) is { Ticks: > 0 } wait
            ? Unconfirmed(failure, wait)
            : await ParkAsync(credential, failure, cancellationToken);
    }

    /// <summary>Called when GitHub has accepted the credential.</summary>
    public void Accepted(Credential credential) => _refused.TryRemove(credential.Name, out _);

    async Task<GitHubException> ParkAsync(Credential credential, Failure failure, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (parked, isNew) = await store.ParkAsync(credential.Name, new(now, now + ProbeAfter, failure), cancellationToken);
        Remember(credential.Name, parked);
        var refusal = Refusal(credential, parked);
        if (isNew)
        {
            logger.CredentialParked(credential.Name, refusal.Failure.InWords());
        }

        return refusal;
    }

    /// <summary>Called when GitHub has accepted a parked credential.</summary>
    public async Task ReleaseAsync(Credential credential, CancellationToken cancellationToken)
    {
        if (await store.ReleaseAsync(credential.Name, cancellationToken))
        {
            logger.CredentialReleased(credential.Name);
        }

        Accepted(credential);
        Remember(credential.Name, null);
    }

    /// <summary>The failure that is reported while a credential is parked.</summary>
    public static Failure Describe(Credential credential, ParkedCredential parked) =>
        parked.Failure with
        {
            Message = $"GitHub refuses {credential.Description} since {parked.Since:yyyy-MM-dd HH:mm:ss} UTC: {parked.Failure.Message}",
            Remedy = credential.Remedy,
        };

    async Task<ParkedCredential?> GetParkedAsync(string credential, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(credential, out var cached) && time.GetElapsedTime(cached.At) < CacheLifetime)
        {
            return cached.Parked;
        }

        var parked = await store.FindAsync(credential, cancellationToken);
        Remember(credential, parked);
        return parked;
    }

    void Remember(string credential, ParkedCredential? parked) => _cache[credential] = new(parked, time.GetTimestamp());

    GitHubException Unconfirmed(Failure failure, TimeSpan wait) =>
        new(
            failure with
            {
                Kind = FailureKind.Transient,
                Message =
                    $"GitHub refused the credential once ({failure.Message.TrimEnd('.')}) and the request is retried before it counts.",
                Remedy = null,
                RetryAt = time.GetUtcNow() + wait,
            },
            mayHaveHappened: false
        );

    // A request answered with 401 has no effect, including a create.
    GitHubException Refusal(Credential credential, ParkedCredential parked) =>
        new(
            Describe(credential, parked) with
            {
                RetryAt = time.GetUtcNow() + (RetryAfter * (1 + Random.Shared.NextDouble())),
            },
            mayHaveHappened: false
        );

    /// <param name="Refusal">Why the request may not be sent; null when it may.</param>
    /// <param name="IsProbe">Whether it probes a parked credential.</param>
    public readonly record struct Entry(GitHubException? Refusal, bool IsProbe);

    sealed record CachedState(ParkedCredential? Parked, long At);
}
