namespace Monarch.Workers.GitHub.Client;

/// <summary>An account, of a person or a bot.</summary>
sealed record Account
{
    public required string Login { get; init; }
}
