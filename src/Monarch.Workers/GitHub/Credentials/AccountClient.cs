using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.GitHub.Credentials.Apps;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>
/// Asks GitHub about our own accounts: a few requests in a process' life, so no budget is asked. Whatever fails, nothing has happened
/// that would have to be undone.
/// </summary>
sealed class AccountClient(HttpClient http, TimeProvider time)
{
    public async Task<User> GetUserAsync(GitHubAccount account, CancellationToken cancellationToken) =>
        (await SendAsync(account, HttpMethod.Get, "user", AccountJson.Default.User, cancellationToken)).Body;

    /// <summary>Where the App is installed at this owner; GitHub answers it for organisations too.</summary>
    public async Task<Installation> GetInstallationAsync(GitHubAccount app, string owner, CancellationToken cancellationToken) =>
        (await SendAsync(app, HttpMethod.Get, $"users/{owner}/installation", AccountJson.Default.Installation, cancellationToken)).Body;

    /// <summary>Gets a token for an installation, and GitHub's time at which it gave it.</summary>
    public Task<(AccessToken Body, DateTimeOffset At)> CreateTokenAsync(GitHubAccount app, long installationId, CancellationToken cancellationToken) => SendAsync(
        app,
        HttpMethod.Post,
        string.Create(CultureInfo.InvariantCulture, $"app/installations/{installationId}/access_tokens"),
        AccountJson.Default.AccessToken,
        cancellationToken);

    async Task<(T Body, DateTimeOffset At)> SendAsync<T>(GitHubAccount account, HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var answer = await new GitHubRequest(method, new(http.BaseAddress!, path), null).SendAsync(http, account, cancellationToken);
            return answer.IsSuccessStatusCode
                ? (await GitHubAnswer.ReadAsync(answer, type, cancellationToken), answer.Headers.Date ?? time.GetUtcNow())
                : throw await GitHubAnswer.RefusedAsync(answer, time.GetUtcNow(), cancellationToken);
        }
        catch (GitHubException e) when (e.MayHaveHappened)
        {
            throw new GitHubException(e.Failure, mayHaveHappened: false, e);
        }
    }
}
