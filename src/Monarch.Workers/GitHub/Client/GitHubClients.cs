using Monarch.Contracts;
using Monarch.Workers.GitHub.Budgets;
using Monarch.Workers.GitHub.Credentials;

namespace Monarch.Workers.GitHub.Client;

/// <summary>GitHub, as the account that is to be used for a repository.</summary>
sealed class GitHubClients(HttpClient http, IAccounts accounts, RequestBudget budget, TimeProvider time)
{
    public GitHubClient As(GitHubAccount account) => new(http, account, budget, time);

    /// <summary>As the account that writes to a target, always the same one.</summary>
    public async Task<GitHubClient> ForTargetAsync(long repositoryId, string fullName, CancellationToken cancellationToken) =>
        As(await accounts.OfTargetAsync(repositoryId, fullName, cancellationToken));

    /// <summary>Finds a repository by its name, as the first account that may see it.</summary>
    public Task<(GitHubClient GitHub, Repository Repository)> FindAsync(string fullName, CancellationToken cancellationToken) =>
        FindAsync(fullName, gitHub => gitHub.GetRepositoryAsync(fullName, cancellationToken), cancellationToken);

    /// <summary>The repository as it is now, as the first account that may see it.</summary>
    public Task<(GitHubClient GitHub, Repository Repository)> FindAsync(long id, string fullName, CancellationToken cancellationToken) =>
        FindAsync(fullName, gitHub => gitHub.GetRepositoryAsync(id, cancellationToken), cancellationToken);

    async Task<(GitHubClient GitHub, Repository Repository)> FindAsync(
        string fullName, Func<GitHubClient, Task<Repository>> getAsync, CancellationToken cancellationToken)
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

        // An account that cannot be used for now may be the one that sees it.
        throw refusals.Find(e => e.Failure.Kind == FailureKind.Unauthorised) ?? refusals[0];
    }
}
