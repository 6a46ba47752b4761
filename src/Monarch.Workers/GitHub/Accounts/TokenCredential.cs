using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>A personal access token.</summary>
sealed class TokenCredential(string? token, string description, string remedy) : Credential(CredentialName.Of(token), description, remedy)
{
    readonly AuthenticationHeaderValue? _header = token is null ? null : new("Bearer", token);

    /// <summary>Whether requests are anonymous.</summary>
    public bool IsAnonymous => _header is null;

    public override ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CancellationToken cancellationToken) => new(_header);
}
