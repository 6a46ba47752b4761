namespace Monarch.Workers.GitHub.Credentials;

/// <summary>The account behind a token.</summary>
sealed record User
{
    public required long Id { get; init; }

    public required string Login { get; init; }
}
