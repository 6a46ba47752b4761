using Monarch.Sandbox.Limits;

namespace Monarch.Sandbox.GitHub;

/// <summary>An account that GitHub counts requests for; without a token it is an address.</summary>
sealed class Account(string login, long id, bool isAnonymous)
{
    public string Login { get; } = login;
    public long Id { get; } = id;
    public bool IsAnonymous { get; } = isAnonymous;
    public AccountLimits Limits { get; } = new(isAnonymous);
}
