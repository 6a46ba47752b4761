namespace Monarch.Contracts.GitHub;

/// <summary>A credential that was parked works again.</summary>
public sealed record CredentialReleased
{
    /// <summary>Names the credential, as <see cref="CredentialParked.Credential"/> does.</summary>
    public required string Credential { get; init; }
}
