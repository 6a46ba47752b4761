namespace Monarch.Workers.GitHub.Credentials.Apps;

/// <summary>An App's installation at an owner.</summary>
sealed record Installation
{
    public required long Id { get; init; }

    public string? AppSlug { get; init; }

    public InstallationPermissions? Permissions { get; init; }
}
