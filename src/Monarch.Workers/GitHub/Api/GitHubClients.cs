using Monarch.Contracts;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Api;

/// <summary>Selects the account for a repository and creates its client.</summary>
sealed class GitHubClients(HttpClient http, IAccounts accounts, RequestBudget budget, TimeProvider time)
{
    public GitHubClient As(GitHubAccount account) => new(http, account, budget, time);

    /// <summary>The client of the account that writes to a target, always the same one.</summary>
    public async Task<GitHubClient> ForTargetAsync(long repositoryId, string fullName, CancellationToken cancellationToken) =>
        As(await accounts.OfTargetAsync(repositoryId, fullName, cancellationToken));

    /// <summary>Finds a repository by its name, as the first account with access.</summary>
    public Task<(GitHubClient GitHub, Repository Repository)> FindAsync(string fullName, CancellationToken cancellationToken) =>
        FindAsync(fullName, gitHub => gitHub.GetRepositoryAsync(fullName, cancellationToken), cancellationToken);

    /// <summary>Gets a repository by its id, as the first account with access.</summary>
    public Task<(GitHubClient GitHub, Repository Repository)> FindAsync(long id, string fullName, CancellationToken cancellationToken) =>
        FindAsync(fullName, gitHub => gitHub.GetRepositoryAsync(id, cancellationToken), cancellationToken);

    async Task<(GitHubClient GitHub, Repository Repository)> FindAsync(
        string fullName,
        Func<GitHubClient, Task<Repository>> getAsync,
        CancellationToken cancellationToken
    )
    {
        List<GitHubException> refusals = [];
        foreach (var account in await accounts.OfReadersAsync(fullName, cancellationToken))
        {
            try
            {
                var gitHub = As(account);
                return (gitHub, await getAsync(gitHub));
            }
            catch (GitHubException e) when (e.Failure.Kind is FailureKind.RefusedTarget or FailureKind.Unauthorised)
            {
                refusals.Add(e);
            }
        }

        // A currently unusable account may be the one with access.
        throw refusals.Find(e => e.Failure.Kind == FailureKind.Unauthorised) ?? refusals[0];
    }
}
