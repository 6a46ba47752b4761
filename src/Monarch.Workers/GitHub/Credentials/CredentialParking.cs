using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Monarch.Contracts;
using Monarch.Hosting;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>
/// Once GitHub has answered 401, no replica asks anything more with the same credential: it would be refused, and GitHub blocks who goes
/// on. Every few minutes one request of one replica tries again, so that a 401 that passes heals by itself.
/// </summary>
sealed class CredentialParking(ICredentialStore store, TimeProvider time, ILogger<CredentialParking> logger)
{
    static readonly TimeSpan ProbeAfter = TimeSpan.FromMinutes(5);

    // Asking costs GitHub nothing while the credential is parked, and work should go on soon after the token is replaced.
    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(15);

    // A single 401 among good answers is a slip. The second one counts from a second after the first, and until it is forgotten.
    static readonly TimeSpan ConfirmedAfter = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<string, Look> _looks = new();
    readonly ConcurrentDictionary<string, long> _refused = new();

    public Task<ParkedCredential?> FindAsync(Credential credential, CancellationToken cancellationToken) => store.FindAsync(credential.Name, cancellationToken);

    /// <summary>To be called before each request.</summary>
    /// <returns>Whether the request may be made, and whether it is the one that tries a parked credential; else why not.</returns>
    public async Task<Entry> EnterAsync(Credential credential, CancellationToken cancellationToken)
    {
        if (await LookAsync(credential.Name, cancellationToken) is not { } parked)
        {
            return new(null, IsProbe: false);
        }

        return parked.RetryAt <= time.GetUtcNow() && await store.TryProbeAsync(credential.Name, ProbeAfter, cancellationToken)
            ? new(null, IsProbe: true)
            : new(Refusal(credential, parked), IsProbe: false);
    }

    /// <summary>GitHub has answered 401 to a credential: the second time, a second later, it is parked.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="failure">GitHub's answer.</param>
    /// <param name="isProbe">Whether the credential was parked already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What to throw.</returns>
    public async Task<GitHubException> RefusedAsync(
        Credential credential, Failure failure, bool isProbe, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        var first = _refused.AddOrUpdate(credential.Name, now, (_, at) => time.GetElapsedTime(at, now) < ForgottenAfter ? at : now);
        return !isProbe && ConfirmedAfter - time.GetElapsedTime(first, now) is { Ticks: > 0 } wait
            ? Unconfirmed(failure, wait)
            : await ParkAsync(credential, failure, cancellationToken);
    }

    /// <summary>GitHub has taken the credential, which is not parked.</summary>
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

    /// <summary>GitHub has taken the credential again.</summary>
    public async Task ReleaseAsync(Credential credential, CancellationToken cancellationToken)
    {
        if (await store.ReleaseAsync(credential.Name, cancellationToken))
        {
            logger.CredentialReleased(credential.Name);
        }

        Accepted(credential);
        Remember(credential.Name, null);
    }

    /// <summary>What is said while a credential is parked.</summary>
    public static Failure Describe(Credential credential, ParkedCredential parked) => parked.Failure with
    {
        Message = $"GitHub refuses {credential.Description} since {parked.Since:yyyy-MM-dd HH:mm:ss} UTC: {parked.Failure.Message}",
        Remedy = credential.Remedy,
    };

    async Task<ParkedCredential?> LookAsync(string credential, CancellationToken cancellationToken)
    {
        if (_looks.TryGetValue(credential, out var look) && time.GetElapsedTime(look.At) < KnownFor)
        {
            return look.Parked;
        }

        var parked = await store.FindAsync(credential, cancellationToken);
        Remember(credential, parked);
        return parked;
    }

    void Remember(string credential, ParkedCredential? parked) => _looks[credential] = new(parked, time.GetTimestamp());

    GitHubException Unconfirmed(Failure failure, TimeSpan wait) => new(
        failure with
        {
            Kind = FailureKind.Transient,
            Message = $"GitHub refused the credential once ({failure.Message.TrimEnd('.')}) and is asked again before that counts.",
            Remedy = null,
            RetryAt = time.GetUtcNow() + wait,
        },
        mayHaveHappened: false);

    // A 401 says that nothing was done, also to a create.
    GitHubException Refusal(Credential credential, ParkedCredential parked) => new(
        Describe(credential, parked) with { RetryAt = time.GetUtcNow() + (AskAgainAfter * (1 + Random.Shared.NextDouble())) }, mayHaveHappened: false);

    /// <param name="Refusal">Why the request may not be made; null: it may.</param>
    /// <param name="IsProbe">Whether it is the one that tries a parked credential.</param>
    public readonly record struct Entry(GitHubException? Refusal, bool IsProbe);

    sealed record Look(ParkedCredential? Parked, long At);
}
