using System.Text.Json.Serialization.Metadata;
using Monarch.Workers.GitHub.Transport;
using ApiUrls = Octokit.ApiUrls;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>
/// Requests our own accounts and tokens from GitHub: a few requests per process, outside the budget. A failed request needs no clean-up.
/// </summary>
sealed class AccountClient(HttpClient http, TimeProvider time)
{
    public Task<User> GetUserAsync(GitHubAccount account, CancellationToken cancellationToken) =>
        GetAsync(account, new("user", UriKind.Relative), AccountJson.Default.User, cancellationToken);

    /// <summary>The App's installation at an owner; works for organisations too.</summary>
    public Task<Installation> GetInstallationAsync(GitHubAccount app, string owner, CancellationToken cancellationToken) =>
        GetAsync(app, ApiUrls.UserInstallation(owner), AccountJson.Default.Installation, cancellationToken);

    /// <summary>Creates a token for an installation. Returns it with GitHub's time of its creation.</summary>
    public async Task<(AccessToken Body, DateTimeOffset At)> CreateTokenAsync(
        GitHubAccount app,
        long installationId,
        CancellationToken cancellationToken
    )
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
        where T : class =>
        new(http.BaseAddress!, type, time, (request, cancellationToken) => http.SendOnceAsync(account.SetOn(request), cancellationToken));
}

/// <summary>The account behind a token.</summary>
sealed record User
{
    public required long Id { get; init; }

    public required string Login { get; init; }
}

/// <summary>An App's installation at an owner.</summary>
sealed record Installation
{
    public required long Id { get; init; }

    public string? AppSlug { get; init; }

    public InstallationPermissions? Permissions { get; init; }
}

/// <summary>The permissions that the owner has granted to the App.</summary>
sealed record InstallationPermissions
{
    /// <summary><c>read</c> or <c>write</c>; null for no access.</summary>
    public string? Issues { get; init; }
}

/// <summary>A token for an installation, as returned by GitHub.</summary>
sealed record AccessToken
{
    public required string Token { get; init; }

    /// <summary>By GitHub's clock.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public override string ToString() => nameof(AccessToken);
}
