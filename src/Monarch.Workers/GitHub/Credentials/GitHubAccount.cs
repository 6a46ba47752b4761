namespace Monarch.Workers.GitHub.Credentials;

/// <summary>Whom GitHub takes us for: its limits count for this account, and it is the author of what is created with it.</summary>
/// <param name="key">The same for every process and every credential of the account.</param>
/// <param name="login">What people know it by; null when GitHub does not say.</param>
/// <param name="credentials">Those with which one can be this account; one at least.</param>
sealed class GitHubAccount(string key, string? login, params IReadOnlyList<Credential> credentials)
{
    /// <summary>Tells of a request as which account it is made.</summary>
    public static readonly HttpRequestOptionsKey<GitHubAccount> Option = new(nameof(GitHubAccount));

    int _turn = -1;

    public string Key { get; } = key;

    public string? Login { get; } = login;

    public IReadOnlyList<Credential> Credentials { get; } = credentials;

    /// <summary>All credentials, beginning with the one whose turn it is.</summary>
    public IEnumerable<Credential> InTurn()
    {
        var first = (uint)Interlocked.Increment(ref _turn);
        for (var i = 0u; i < Credentials.Count; i++)
        {
            yield return Credentials[(int)((first + i) % (uint)Credentials.Count)];
        }
    }
}
