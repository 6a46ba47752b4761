using System.Globalization;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Client;

namespace Monarch.Workers.GitHub.Credentials;

/// <summary>The accounts of one or several personal access tokens. Whose each is, GitHub is asked at the first need, and never again.</summary>
sealed class TokenAccounts(IReadOnlyList<TokenCredential> tokens, AccountClient client, ICredentialStore store, TimeProvider time) : IAccounts, IDisposable
{
    // A token that GitHub refused before anybody knew whose it is: its account cannot be told until it is taken again.
    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(15);

    readonly SemaphoreSlim _learning = new(1);
    readonly Dictionary<TokenCredential, AccountName> _names = [];
    volatile IReadOnlyList<GitHubAccount> _accounts = [];
    long _askedAt;

    public IReadOnlyList<(Credential Credential, GitHubAccount? Account)> Known
    {
        get
        {
            var accounts = _accounts;
            return [.. tokens.Select(token => ((Credential)token, accounts.FirstOrDefault(account => account.Credentials.Contains(token))))];
        }
    }

    public async ValueTask<GitHubAccount> OfTargetAsync(long repositoryId, string fullName, CancellationToken cancellationToken) =>
        Rendezvous.Rank(await GetAsync(cancellationToken), repositoryId.ToString(CultureInfo.InvariantCulture))[0];

    public async ValueTask<IReadOnlyList<GitHubAccount>> OfReadersAsync(string fullName, CancellationToken cancellationToken) =>
        Rendezvous.Rank(await GetAsync(cancellationToken), fullName.ToLowerInvariant());

    public void Dispose() => _learning.Dispose();

    async ValueTask<IReadOnlyList<GitHubAccount>> GetAsync(CancellationToken cancellationToken)
    {
        if (IsSettled)
        {
            return _accounts;
        }

        await _learning.WaitAsync(cancellationToken);
        try
        {
            return IsSettled ? _accounts : await LearnAsync(cancellationToken);
        }
        finally
        {
            _learning.Release();
        }
    }

    bool IsSettled => _accounts is { Count: > 0 } accounts
        && (accounts.Sum(account => account.Credentials.Count) == tokens.Count || time.GetElapsedTime(Interlocked.Read(ref _askedAt)) < AskAgainAfter);

    async Task<IReadOnlyList<GitHubAccount>> LearnAsync(CancellationToken cancellationToken)
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

        Interlocked.Exchange(ref _askedAt, time.GetTimestamp());
        return _accounts =
        [
            .. _names.GroupBy(name => name.Value.Key, name => name, StringComparer.Ordinal)
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

        var name = await AskAsync(token, cancellationToken);
        await store.SetAccountAsync(token.Name, name, cancellationToken);
        return name;
    }

    async Task<AccountName> AskAsync(TokenCredential token, CancellationToken cancellationToken)
    {
        var itself = new AccountName($"token:{token.Name}", null);
        try
        {
            var user = await client.GetUserAsync(new(itself.Key, null, token), cancellationToken);
            return new(string.Create(CultureInfo.InvariantCulture, $"user:{user.Id}"), user.Login);
        }
        catch (GitHubException e) when (e.Failure.Kind == FailureKind.RefusedTarget)
        {
            // An installation's token, such as that of a GitHub Action, may not ask who it is.
            return itself;
        }
    }
}
