using System.Globalization;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>The endpoints that an App calls as itself.</summary>
/// <remarks>https://docs.github.com/rest/apps/apps</remarks>
sealed class AppOperations(SandboxState state)
{
    public Answer Get(GitHubCall call)
    {
        var app = call.Caller.App!;
        return GitHubSerializer.Answer(200, new AppJson(app.Id, app.Slug, app.Slug), call.Version);
    }

    public Answer OfOwner(GitHubCall call) => Show(call, At(call.Caller.App!, call["owner"]));

    public Answer OfRepository(GitHubCall call) => Show(
        call,
        state.Repositories.Find(call.Http.RouteValues) is { Missing: false } repository
            && At(call.Caller.App!, repository.Owner) is { } installation && Has(installation, repository) ? installation : null);

    public Answer CreateToken(GitHubCall call)
    {
        var (app, id) = (call.Caller.App!, long.Parse(call["installation"], CultureInfo.InvariantCulture));
        if (app.Installations.FirstOrDefault(i => i.Id == id) is not { } installation)
            return GitHubErrors.NotFound(call.Documentation);
        if (installation.Suspended)
            return GitHubErrors.Suspended(call.Documentation);
        var token = state.Accounts.Apps.Issue(app, installation);
        return GitHubSerializer.Answer(201, new AccessTokenJson(token.Secret, Times.Of(token.ExpiresAt), AppPermissionsJson.Of(installation)), call.Version);
    }

    Answer Show(GitHubCall call, SandboxInstallation? installation) => installation is null
        ? GitHubErrors.NotFound(call.Documentation)
        : GitHubSerializer.Answer(200, InstallationJson.Of(call.BaseUrl, call.Caller.App!, installation, state.Time.GetUtcNow()), call.Version);

    static SandboxInstallation? At(SandboxApp app, string owner) =>
        app.Installations.FirstOrDefault(i => string.Equals(i.Owner, owner, StringComparison.OrdinalIgnoreCase));

    static bool Has(SandboxInstallation installation, Repository repository) =>
        installation.Repositories.Count == 0 || installation.Repositories.Contains(repository.FullName, StringComparer.OrdinalIgnoreCase);
}
