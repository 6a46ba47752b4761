using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>The endpoints that an App calls as itself.</summary>
/// <remarks>https://docs.github.com/rest/apps/apps</remarks>
sealed class AppOperations(SandboxState state)
{
    public Answer CarryOut(GitHubCall call)
    {
        var (operation, app) = (call.Route.Operation, call.Caller.App!);
        if (operation == Operation.GetApp)
            return GitHubSerializer.Answer(200, new AppJson(app.Id, app.Slug, app.Slug), call.Version);
        if (Installation(call, app) is not { } installation)
            return GitHubErrors.NotFound(call.Documentation);
        if (operation != Operation.CreateInstallationToken)
            return GitHubSerializer.Answer(200, InstallationJson.Of(call.BaseUrl, app, installation, state.Time.GetUtcNow()), call.Version);
        if (installation.Suspended)
            return GitHubErrors.Suspended(call.Documentation);
        var token = state.Accounts.Apps.Issue(app, installation);
        return GitHubSerializer.Answer(201, new AccessTokenJson(token.Secret, Times.Of(token.ExpiresAt), AppPermissionsJson.Of(installation)), call.Version);
    }

    SandboxInstallation? Installation(GitHubCall call, SandboxApp app)
    {
        var route = call.Route;
        return route.Operation == Operation.CreateInstallationToken ? app.Installations.FirstOrDefault(i => i.Id == route.InstallationId)
            : route.FullName is null ? At(app, route.Owner!)
            : state.Repositories.Find(route.FullName) is { Missing: false } repository && At(app, repository.Owner) is { } installation && Has(installation, repository) ? installation
            : null;
    }

    static SandboxInstallation? At(SandboxApp app, string owner) =>
        app.Installations.FirstOrDefault(i => string.Equals(i.Owner, owner, StringComparison.OrdinalIgnoreCase));

    static bool Has(SandboxInstallation installation, Repository repository) =>
        installation.Repositories.Count == 0 || installation.Repositories.Contains(repository.FullName, StringComparer.OrdinalIgnoreCase);
}
