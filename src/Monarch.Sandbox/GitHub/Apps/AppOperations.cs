using System.Globalization;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>The endpoints that an App calls as itself.</summary>
/// <remarks>https://docs.github.com/rest/apps/apps</remarks>
sealed class AppOperations(SandboxState state)
{
    public Answer Get(GitHubCall call) =>
        GitHubSerializer.Answer(200, new AppJson(call.BaseUrl, call.Caller.App!, state.BeganAt), call.Version);

    public Answer List(GitHubCall call)
    {
        var (page, all) = (PageQuery.Read(call.Http.Query), call.Caller.App!.Installations);
        List<InstallationJson> shown = [.. page.Of(all).Select(installation => Json(call, installation))];
        return GitHubSerializer.Answer(200, shown, call.Version)
            .WithLink(LinkHeader.ByNumber($"{call.BaseUrl}app/installations", call.Http.Query, page, all.Count));
    }

    public Answer OfId(GitHubCall call) => Show(call, Find(call));

    public Answer OfOwner(GitHubCall call) => Show(call, At(call.Caller.App!, call["owner"]));

    public Answer OfRepository(GitHubCall call) => Show(
        call,
        state.Repositories.Find(call.Http.RouteValues) is { Missing: false } repository
            && At(call.Caller.App!, repository.Owner) is { } installation
            && TokenRequest.Has(installation, repository)
                ? installation
                : null);

    public Answer CreateToken(GitHubCall call)
    {
        if (Find(call) is not { } installation)
            return GitHubErrors.NotFound(call.Documentation);
        if (installation.Suspended)
            return GitHubErrors.Suspended(call.Documentation);
        var (wanted, refusal) = TokenRequest.Read(call, installation, state.Repositories);
        return refusal ?? GitHubSerializer.Answer(
            201, AccessTokenJson.Of(call, state.Accounts.Apps.Issue(call.Caller.App!, installation, wanted!)), call.Version);
    }

    Answer Show(GitHubCall call, SandboxInstallation? installation) => installation is null
        ? GitHubErrors.NotFound(call.Documentation)
        : GitHubSerializer.Answer(200, Json(call, installation), call.Version);

    InstallationJson Json(GitHubCall call, SandboxInstallation installation) =>
        new(call.BaseUrl, call.Caller.App!, installation, state.BeganAt);

    static SandboxInstallation? Find(GitHubCall call)
    {
        var id = long.Parse(call["installation"], CultureInfo.InvariantCulture);
        return call.Caller.App!.Installations.FirstOrDefault(installation => installation.Id == id);
    }

    static SandboxInstallation? At(SandboxApp app, string owner) =>
        app.Installations.FirstOrDefault(i => string.Equals(i.Owner, owner, StringComparison.OrdinalIgnoreCase));
}
