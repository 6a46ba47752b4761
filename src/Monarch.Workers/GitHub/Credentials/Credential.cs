using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Something by which GitHub knows us: a token, an App's key, an installation of it.</summary>
/// <param name="name">Names it in logs and on pages; a digest, from which no secret can be told.</param>
/// <param name="description">What it is, for a sentence.</param>
/// <param name="remedy">What to do when GitHub refuses it.</param>
abstract class Credential(string name, string description, string remedy)
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public string Remedy { get; } = remedy;

    /// <summary>What stands in the <c>Authorization</c> header; null: the request has none.</summary>
    /// <exception cref="Client.GitHubException">It had to be got from GitHub first, and could not.</exception>
    public abstract ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CancellationToken cancellationToken);

    /// <summary>Takes note that GitHub has answered 401 to a request.</summary>
    /// <returns>Whether there is another header now, with which to try once more; false: the credential itself is refused.</returns>
    public virtual ValueTask<bool> TryRenewAsync(HttpResponseMessage refused, CancellationToken cancellationToken) => new(false);

    public override string ToString() => Name;
}
