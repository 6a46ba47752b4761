using System.Text.Json.Serialization.Metadata;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Credentials.Apps;
using ApiUrls = Octokit.ApiUrls;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>
/// Asks GitHub about our own accounts: a few requests in the life of a process, which pass no budget. A failure leaves nothing behind that
/// would have to be undone.
/// </summary>
sealed class AccountClient(HttpClient http, TimeProvider time)
{
    public Task<User> GetUserAsync(GitHubAccount account, CancellationToken cancellationToken) =>
        GetAsync(account, new("user", UriKind.Relative), AccountJson.Default.User, cancellationToken);

    /// <summary>Where the App is installed at this owner; GitHub answers it for organisations too.</summary>
    public Task<Installation> GetInstallationAsync(GitHubAccount app, string owner, CancellationToken cancellationToken) =>
        GetAsync(app, ApiUrls.UserInstallation(owner), AccountJson.Default.Installation, cancellationToken);

    /// <summary>Creates a token for an installation, and returns with it GitHub's time at its creation.</summary>
    public async Task<(AccessToken Body, DateTimeOffset At)> CreateTokenAsync(
        GitHubAccount app, long installationId, CancellationToken cancellationToken)
    {
        var call = Call(app, AccountJson.Default.AccessToken);
        try
        {
            var token = (await call.Connection.Post<AccessToken>(ApiUrls.AccessTokens(installationId), cancellationToken)).Body;
            return (token, call.Headers!.Date ?? time.GetUtcNow());
        }
        catch (GitHubException e) when (e.MayHaveHappened)
        {
            throw new GitHubException(e.Failure, mayHaveHappened: false, e);
        }
    }

    async Task<T> GetAsync<T>(GitHubAccount account, Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => (await Call(account, type).Connection.Get<T>(address, null, null, cancellationToken)).Body;

    OctokitCall<T> Call<T>(GitHubAccount account, JsonTypeInfo<T> type)
        where T : class => new(http.BaseAddress!, type, time, (request, cancellationToken) => http.SendAsync(request, account, cancellationToken));
}
