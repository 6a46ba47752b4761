namespace Monarch.Contracts.GitHub;

/// <summary>A credential that was parked works again.</summary>
public sealed record CredentialReleased
{
    /// <summary>Names the credential, as <see cref="CredentialParked.Credential"/> does.</summary>
    public required string Credential { get; init; }

    /// <summary>The account whose limits apply to it; null when the worker does not know it yet.</summary>
    public string? Account { get; init; }

    /// <summary>The login of the account; null when unknown.</summary>
    public string? Login { get; init; }
}
