using Monarch.Sandbox.Limits;

namespace Monarch.Sandbox.GitHub;

/// <summary>An account for which GitHub counts requests; without a token it is an IP address.</summary>
sealed class Account(string login, long id, bool isAnonymous)
{
    public string Login { get; } = login;
    public long Id { get; } = id;
    public bool IsAnonymous { get; } = isAnonymous;

    /// <summary>Whether it is an installation of an App; rate limit messages name it as such.</summary>
    public bool IsInstallation { get; init; }

    public AccountLimits Limits { get; } = new(isAnonymous);
}
