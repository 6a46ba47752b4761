using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>Selects the account for a repository.</summary>
interface IAccounts
{
    /// <summary>Every known credential, with its account once GitHub has accepted it.</summary>
    IReadOnlyList<(Credential Credential, GitHubAccount? Account)> Known { get; }

    /// <summary>The account that writes to a target: the same in every process, so that its issues have one author.</summary>
    /// <exception cref="GitHubException">No account exists, or the request to GitHub failed.</exception>
    ValueTask<GitHubAccount> OfTargetAsync(long repositoryId, string fullName, CancellationToken cancellationToken);

    /// <summary>The accounts that may have access to a repository, in the order of use; at least one.</summary>
    /// <exception cref="GitHubException">No account exists, or the request to GitHub failed.</exception>
    ValueTask<IReadOnlyList<GitHubAccount>> OfReadersAsync(string fullName, CancellationToken cancellationToken);
}
