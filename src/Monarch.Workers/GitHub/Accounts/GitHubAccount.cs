namespace Monarch.Workers.GitHub.Accounts;

/// <summary>An account on GitHub: rate limits apply to it, and it is the author of the issues created with it.</summary>
/// <param name="key">Identical for every process and every credential of the account.</param>
/// <param name="login">Its login; null when unknown.</param>
/// <param name="credentials">The credentials of the account; at least one.</param>
sealed class GitHubAccount(string key, string? login, params IReadOnlyList<Credential> credentials)
{
    /// <summary>The account of a request.</summary>
    public static readonly HttpRequestOptionsKey<GitHubAccount> Option = new(nameof(GitHubAccount));

    int _rotation = -1;

    public string Key { get; } = key;

    public string? Login { get; } = login;

    public IReadOnlyList<Credential> Credentials { get; } = credentials;

    /// <summary>Sets this account on a request.</summary>
    public HttpRequestMessage SetOn(HttpRequestMessage request)
    {
        request.Options.Set(Option, this);
        return request;
    }

    /// <summary>All credentials in rotation, a different one first in each call.</summary>
    public IEnumerable<Credential> Rotate()
    {
        var first = (uint)Interlocked.Increment(ref _rotation);
        for (var i = 0u; i < Credentials.Count; i++)
        {
            yield return Credentials[(int)((first + i) % (uint)Credentials.Count)];
        }
    }
}
