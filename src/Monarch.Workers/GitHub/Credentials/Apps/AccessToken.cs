namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>A token for an installation, as returned by GitHub.</summary>
sealed record AccessToken
{
    public required string Token { get; init; }

    /// <summary>By GitHub's clock.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public override string ToString() => nameof(AccessToken);
}
