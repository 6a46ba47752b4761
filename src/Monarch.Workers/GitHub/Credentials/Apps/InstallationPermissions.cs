namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>The permissions that the owner has granted to the App.</summary>
sealed record InstallationPermissions
{
    /// <summary><c>read</c> or <c>write</c>; null for no access.</summary>
    public string? Issues { get; init; }
}
