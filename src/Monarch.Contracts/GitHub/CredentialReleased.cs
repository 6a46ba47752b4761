namespace Monarch.Contracts.GitHub;

/// <summary>A credential that was parked works again.</summary>
public sealed record CredentialReleased
{
    /// <summary>Names the credential, as <see cref="CredentialParked.Credential"/> does.</summary>
    public required string Credential { get; init; }

    /// <summary>The account whose limits count for it; null when the worker does not know it yet.</summary>
    public string? Account { get; init; }

    /// <summary>What people know the account by; null when that is not known.</summary>
    public string? Login { get; init; }
}
