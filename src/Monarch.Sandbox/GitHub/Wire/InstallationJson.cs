namespace Monarch.Sandbox.GitHub.Wire;

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
