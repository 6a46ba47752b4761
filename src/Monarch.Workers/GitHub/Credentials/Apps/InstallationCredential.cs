using System.Globalization;
using System.Net.Http.Headers;

namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>An App's installation at an owner: a token that GitHub gives for an hour, and that is renewed before it ends.</summary>
sealed class InstallationCredential(GitHubAccount app, long installationId, string owner, AccountClient client, TimeProvider time) : Credential(
    CredentialName.Of(string.Create(CultureInfo.InvariantCulture, $"{app.Credentials[0].Name}:{installationId}")),
    $"the GitHub App's installation at {owner}",
    $"See in the settings of {owner} on GitHub whether the App is still installed there. {app.Credentials[0].Remedy}")
{
    static readonly TimeSpan RenewedBeforeEnd = TimeSpan.FromMinutes(5);

    readonly Lock _lock = new();
    Token? _token;
    Task<Token>? _renewal;

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
            return _token is { } token && time.GetElapsedTime(token.Since) < token.GoodFor ? token : null;
        }
    }

    // Somebody may have replaced it meanwhile.
    void Forget(AuthenticationHeaderValue? refused)
    {
        lock (_lock)
        {
            _token = Equals(_token?.Header, refused) ? null : _token;
        }
    }

    // One for all who want it, so it is nobody's to cancel.
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
        var (given, at) = await client.CreateTokenAsync(app, installationId, CancellationToken.None);
        var life = given.ExpiresAt - at;
        var early = life / 12 < RenewedBeforeEnd ? life / 12 : RenewedBeforeEnd;
        var token = new Token(new("Bearer", given.Token), since, life - early);
        lock (_lock)
        {
            return _token = token;
        }
    }

    sealed record Token(AuthenticationHeaderValue Header, long Since, TimeSpan GoodFor);
}
