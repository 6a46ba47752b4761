using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>Authenticates requests to GitHub: a token, an App's key or an installation of the App.</summary>
/// <param name="name">Identifies it in logs and on pages; a digest that does not disclose the secret.</param>
/// <param name="description">Describes it within a sentence.</param>
/// <param name="remedy">The remedy when GitHub refuses it.</param>
abstract class Credential(string name, string description, string remedy)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public string Remedy { get; } = remedy;

    /// <summary>Whether it is an installation of a GitHub App, whose permissions are not those of a user.</summary>
    public virtual bool IsInstallation => false;

    /// <summary>The <c>Authorization</c> header; null for an anonymous request.</summary>
    /// <exception cref="Transport.GitHubException">Requesting the token from GitHub failed.</exception>
    public abstract ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CancellationToken cancellationToken);

    /// <summary>Called when GitHub has answered 401.</summary>
    /// <returns>True when the header was renewed and the request can be retried; false when the credential itself is refused.</returns>
    public virtual ValueTask<bool> TryRenewAsync(HttpResponseMessage refused, CancellationToken cancellationToken) => new(false);

    public override string ToString() => Name;
}
