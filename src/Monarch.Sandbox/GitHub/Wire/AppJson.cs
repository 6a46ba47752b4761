namespace Monarch.Sandbox.GitHub.Wire;

sealed record AppJson(long Id, string Slug, string Name);

/// <summary>An installation of an App.</summary>
sealed record InstallationJson(
    long Id, UserJson Account, long AppId, string AppSlug, string RepositorySelection, AppPermissionsJson Permissions, string? SuspendedAt)
{
    public static InstallationJson Of(string baseUrl, SandboxApp app, SandboxInstallation installation, DateTimeOffset now) => new(
        installation.Id,
        UserJson.Of(baseUrl, installation.Owner),
        app.Id,
        app.Slug,
        installation.Repositories.Count == 0 ? "all" : "selected",
        AppPermissionsJson.Of(installation),
        installation.Suspended ? Times.Of(now) : null);
}

/// <summary>What an installation was allowed.</summary>
sealed record AppPermissionsJson(string Issues, string Metadata)
{
    public static AppPermissionsJson Of(SandboxInstallation installation) => new(installation.ReadOnly ? "read" : "write", "read");
}

/// <summary>A token for an installation.</summary>
sealed record AccessTokenJson(string Token, string ExpiresAt, AppPermissionsJson Permissions);
