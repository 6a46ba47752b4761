namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Which credentials are parked, and whose they are, for every replica. Each call is atomic.</summary>
interface ICredentialStore
{
    /// <returns>Null when it is not parked.</returns>
    Task<ParkedCredential?> FindAsync(string credential, CancellationToken cancellationToken);

    /// <summary>Parks it; one that is parked keeps the time since when.</summary>
    /// <returns>As it is parked now, and whether it was not before.</returns>
    Task<(ParkedCredential Parked, bool IsNew)> ParkAsync(string credential, ParkedCredential parked, CancellationToken cancellationToken);

    /// <returns>Whether it was parked.</returns>
    Task<bool> ReleaseAsync(string credential, CancellationToken cancellationToken);

    /// <summary>Asks to be the one that tries the credential.</summary>
    /// <returns>False when another has asked within this time.</returns>
    Task<bool> TryProbeAsync(string credential, TimeSpan once, CancellationToken cancellationToken);

    /// <returns>Whose it is; null when nobody has asked GitHub yet.</returns>
    Task<AccountName?> FindAccountAsync(string credential, CancellationToken cancellationToken);

    /// <summary>Keeps whose it is, which never changes, so that it is known also while GitHub refuses the credential.</summary>
    Task SetAccountAsync(string credential, AccountName account, CancellationToken cancellationToken);
}
