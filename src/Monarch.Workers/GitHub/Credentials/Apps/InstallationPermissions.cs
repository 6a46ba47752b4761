namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>What the owner has allowed the App.</summary>
sealed record InstallationPermissions
{
    /// <summary><c>read</c> or <c>write</c>; null: nothing.</summary>
    public string? Issues { get; init; }
}
