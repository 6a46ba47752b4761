using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>Stores parked credentials and the accounts of credentials for all replicas. Each call is atomic.</summary>
interface ICredentialStore
{
    /// <returns>Null when the credential is not parked.</returns>
    Task<ParkedCredential?> FindAsync(string credential, CancellationToken cancellationToken);

    /// <summary>Parks a credential; one that is already parked keeps its start time.</summary>
    /// <returns>The current state, and whether the credential was not parked before.</returns>
    Task<(ParkedCredential Parked, bool IsNew)> ParkAsync(string credential, ParkedCredential parked, CancellationToken cancellationToken);

    /// <returns>Whether the credential was parked.</returns>
    Task<bool> ReleaseAsync(string credential, CancellationToken cancellationToken);

    /// <summary>Requests the right to probe a parked credential.</summary>
    /// <returns>False when another replica has probed it within this interval.</returns>
    Task<bool> TryProbeAsync(string credential, TimeSpan interval, CancellationToken cancellationToken);

    /// <returns>The account; null before the first request to GitHub.</returns>
    Task<AccountName?> FindAccountAsync(string credential, CancellationToken cancellationToken);

    /// <summary>Stores the account, which never changes, so that it is known while GitHub refuses the credential.</summary>
    Task SetAccountAsync(string credential, AccountName account, CancellationToken cancellationToken);
}

/// <summary>The account of a credential.</summary>
/// <param name="Key">The account's key.</param>
/// <param name="Login">Its login; null when unknown.</param>
sealed record AccountName(string Key, string? Login);

/// <summary>A credential that is not used until GitHub accepts it again.</summary>
/// <param name="Since">When it was parked (UTC).</param>
/// <param name="RetryAt">The earliest time of the next probe (UTC).</param>
/// <param name="Failure">GitHub's refusal.</param>
sealed record ParkedCredential(DateTimeOffset Since, DateTimeOffset RetryAt, Failure Failure);
