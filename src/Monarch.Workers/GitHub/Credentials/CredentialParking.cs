using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>
/// Once GitHub has answered 401, no replica asks anything more with the same token: it would be refused, and GitHub blocks who goes
/// on. Every few minutes one request of one replica tries again, so that a 401 that passes heals by itself.
/// </summary>
sealed class CredentialParking(ICredentialStore store, IOptions<GitHubOptions> options, TimeProvider time, ILogger<CredentialParking> logger)
{
    static readonly TimeSpan ProbeAfter = TimeSpan.FromMinutes(5);

    // Asking costs GitHub nothing while the credential is parked, and work should go on soon after the token is replaced.
    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(15);

    static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(1);

    Look? _look;

    public string Credential { get; } = CredentialName.Of(options.Value.Token);

    public Task<ParkedCredential?> FindAsync(CancellationToken cancellationToken) => store.FindAsync(Credential, cancellationToken);

    /// <summary>To be called before each request.</summary>
    /// <returns>Whether this request is the one that tries the parked credential.</returns>
    /// <exception cref="GitHubException">The credential is parked.</exception>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (await LookAsync(cancellationToken) is not { } parked)
        {
            return false;
        }

        return parked.RetryAt <= time.GetUtcNow() && await store.TryProbeAsync(Credential, ProbeAfter, cancellationToken)
            ? true
            : throw Refusal(parked);
    }

    /// <summary>GitHub has answered 401.</summary>
    /// <returns>What to throw.</returns>
    public async Task<GitHubException> ParkAsync(Failure failure, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (parked, isNew) = await store.ParkAsync(Credential, new(now, now + ProbeAfter, failure), cancellationToken);
        Remember(parked);
        var refusal = Refusal(parked);
        if (isNew)
        {
            logger.CredentialParked(Credential, refusal.Failure.Message, refusal.Failure.Remedy!);
        }

        return refusal;
    }

    /// <summary>GitHub has taken the credential again.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (await store.ReleaseAsync(Credential, cancellationToken))
        {
            logger.CredentialReleased(Credential);
        }

        Remember(null);
    }

    /// <summary>What is said while a credential is parked.</summary>
    public static Failure Describe(ParkedCredential parked) => parked.Failure with
    {
        Message = $"GitHub refuses Monarch's token since {parked.Since:yyyy-MM-dd HH:mm:ss} UTC: {parked.Failure.Message}",
        Remedy = "Set GH_PAT to a token that is valid and start the workers again: what waits then goes on by itself.",
    };

    async Task<ParkedCredential?> LookAsync(CancellationToken cancellationToken)
    {
        if (_look is { } look && time.GetElapsedTime(look.At) < KnownFor)
        {
            return look.Parked;
        }

        var parked = await store.FindAsync(Credential, cancellationToken);
        Remember(parked);
        return parked;
    }

    void Remember(ParkedCredential? parked) => _look = new(parked, time.GetTimestamp());

    // A 401 says that nothing was done, also to a create.
    GitHubException Refusal(ParkedCredential parked) =>
        new(Describe(parked) with { RetryAt = time.GetUtcNow() + (AskAgainAfter * (1 + Random.Shared.NextDouble())) }, mayHaveHappened: false);

    sealed record Look(ParkedCredential? Parked, long At);
}
