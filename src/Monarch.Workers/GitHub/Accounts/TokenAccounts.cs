using System.Globalization;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Accounts;

/// <summary>The accounts of personal access tokens. Each token's account is requested from GitHub once, on first use.</summary>
sealed class TokenAccounts(IReadOnlyList<TokenCredential> tokens, AccountClient client, ICredentialStore store, TimeProvider time)
    : IAccounts,
        IDisposable
{
    // For a token that GitHub refuses: its account is unknown until it is accepted.
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(15);

    readonly SemaphoreSlim _resolving = new(1);
    readonly Dictionary<TokenCredential, AccountName> _names = [];
    volatile IReadOnlyList<GitHubAccount> _accounts = [];
    long _resolvedAt;

    public IReadOnlyList<(Credential Credential, GitHubAccount? Account)> Known
    {
        get
        {
            var accounts = _accounts;
            return
            [
                .. tokens.Select(token => ((Credential)token, accounts.FirstOrDefault(account => account.Credentials.Contains(token)))),
            ];
        }
    }

    public async ValueTask<GitHubAccount> OfTargetAsync(long repositoryId, string fullName, CancellationToken cancellationToken) =>
        Rendezvous.Rank(await GetAsync(cancellationToken), repositoryId.ToString(CultureInfo.InvariantCulture))[0];

    public async ValueTask<IReadOnlyList<GitHubAccount>> OfReadersAsync(string fullName, CancellationToken cancellationToken) =>
        Rendezvous.Rank(await GetAsync(cancellationToken), fullName.ToLowerInvariant());

    public void Dispose() => _resolving.Dispose();

    async ValueTask<IReadOnlyList<GitHubAccount>> GetAsync(CancellationToken cancellationToken)
    {
        if (IsResolved)
        {
            return _accounts;
        }

        await _resolving.WaitAsync(cancellationToken);
        try
        {
            return IsResolved ? _accounts : await ResolveAsync(cancellationToken);
        }
        finally
        {
            _resolving.Release();
        }
    }

    bool IsResolved =>
        _accounts is { Count: > 0 } accounts
        && (
            accounts.Sum(account => account.Credentials.Count) == tokens.Count
            || time.GetElapsedTime(Interlocked.Read(ref _resolvedAt)) < RetryAfter
        );

    async Task<IReadOnlyList<GitHubAccount>> ResolveAsync(CancellationToken cancellationToken)
    {
        GitHubException? refusal = null;
        foreach (var token in tokens.Where(token => !_names.ContainsKey(token)))
        {
            try
            {
                _names[token] = await GetNameAsync(token, cancellationToken);
            }
            catch (GitHubException e) when (e.Failure.Kind == FailureKind.Unauthorised)
            {
                refusal ??= e;
            }
        }

        if (_names.Count == 0)
        {
            throw refusal!;
        }

        Interlocked.Exchange(ref _resolvedAt, time.GetTimestamp());
        return _accounts = [
            .. _names
                .GroupBy(name => name.Value.Key, name => name, StringComparer.Ordinal)
                .Select(group => new GitHubAccount(group.Key, group.First().Value.Login, [.. group.Select(name => name.Key)])),
        ];
    }

    async Task<AccountName> GetNameAsync(TokenCredential token, CancellationToken cancellationToken)
    {
        if (token.IsAnonymous)
        {
            return new("anonymous", null);
        }

        if (await store.FindAccountAsync(token.Name, cancellationToken) is { } known)
        {
            return known;
        }

        var name = await RequestNameAsync(token, cancellationToken);
        await store.SetAccountAsync(token.Name, name, cancellationToken);
        return name;
    }

    async Task<AccountName> RequestNameAsync(TokenCredential token, CancellationToken cancellationToken)
    {
        var fallback = new AccountName($"token:{token.Name}", null);
        try
        {
            var user = await client.GetUserAsync(new(fallback.Key, null, token), cancellationToken);
            return new(string.Create(CultureInfo.InvariantCulture, $"user:{user.Id}"), user.Login);
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RefusedTarget)
        {
            // An installation's token, such as that of a GitHub Action, may not request its user.
            return fallback;
        }
    }
}
