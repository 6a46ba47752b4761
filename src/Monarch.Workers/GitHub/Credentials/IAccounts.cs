using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>As whom GitHub is asked about a repository.</summary>
interface IAccounts
{
    /// <summary>Every credential that is known by now, with its account once GitHub has taken it.</summary>
    IReadOnlyList<(Credential Credential, GitHubAccount? Account)> Known { get; }

    /// <summary>The account that writes to a target: in every process the same, so that its issues have one author.</summary>
    /// <exception cref="GitHubException">There is none, or GitHub could not be asked.</exception>
    ValueTask<GitHubAccount> OfTargetAsync(long repositoryId, string fullName, CancellationToken cancellationToken);

    /// <summary>The accounts that may see a repository, in the order in which they are to be tried; one at least.</summary>
    /// <exception cref="GitHubException">There is none, or GitHub could not be asked.</exception>
    ValueTask<IReadOnlyList<GitHubAccount>> OfReadersAsync(string fullName, CancellationToken cancellationToken);
}
