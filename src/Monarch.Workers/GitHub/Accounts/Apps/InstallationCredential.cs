using System.Globalization;
using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Accounts.Apps;

/// <summary>An App's installation at an owner: a token that GitHub issues for an hour, renewed before it expires.</summary>
sealed class InstallationCredential(GitHubAccount app, long installationId, string owner, AccountClient client, TimeProvider time)
    : Credential(
        CredentialName.Of(string.Create(CultureInfo.InvariantCulture, $"{app.Credentials[0].Name}:{installationId}")),
        $"the GitHub App's installation at {owner}",
        $"Check in the settings of {owner} on GitHub that the App is still installed. {app.Credentials[0].Remedy}"
    )
{
    static readonly TimeSpan RenewalMargin = TimeSpan.FromMinutes(5);

    readonly Lock _lock = new();
    Token? _token;
    Task<Token>? _renewal;

    public override bool IsInstallation => true;

    public override async ValueTask<AuthenticationHeaderValue?> GetHeaderAsync(CancellationToken cancellationToken) =>
        Current() is { } token ? token.Header : (await RenewAsync().WaitAsync(cancellationToken)).Header;

    public override async ValueTask<bool> TryRenewAsync(HttpResponseMessage refused, CancellationToken cancellationToken)
    {
        Forget(refused.RequestMessage?.Headers.Authorization);
        await GetHeaderAsync(cancellationToken);
        return true;
    }

    Token? Current()
    {
        lock (_lock)
        {
            return _token is { } token && time.GetElapsedTime(token.Since) < token.Lifetime ? token : null;
        }
    }

    // Another request may have replaced the token already.
    void Forget(AuthenticationHeaderValue? refused)
    {
        lock (_lock)
        {
            _token = Equals(_token?.Header, refused) ? null : _token;
        }
    }

    // All callers share one renewal, so none may cancel it.
    Task<Token> RenewAsync()
    {
        lock (_lock)
        {
            return _renewal is { IsCompleted: false } ? _renewal : _renewal = GetTokenAsync();
        }
    }

    async Task<Token> GetTokenAsync()
    {
        var since = time.GetTimestamp();
        var (created, at) = await client.CreateTokenAsync(app, installationId, CancellationToken.None);
        var life = created.ExpiresAt - at;
        var early = life / 12 < RenewalMargin ? life / 12 : RenewalMargin;
        var token = new Token(new("Bearer", created.Token), since, life - early);
        lock (_lock)
        {
            return _token = token;
        }
    }

    sealed record Token(AuthenticationHeaderValue Header, long Since, TimeSpan Lifetime);
}
