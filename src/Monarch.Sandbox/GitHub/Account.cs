using Monarch.Sandbox.Limits;

namespace Monarch.Sandbox.GitHub;

/// <summary>An account that GitHub counts requests for; without a token it is an address.</summary>
sealed class Account(string login, long id, bool isAnonymous)
{
    public string Login { get; } = login;
    public long Id { get; } = id;
    public bool IsAnonymous { get; } = isAnonymous;

    /// <summary>An installation of an App, by which GitHub then calls it when a limit is hit.</summary>
    public bool IsInstallation { get; init; }

    public AccountLimits Limits { get; } = new(isAnonymous);
}
