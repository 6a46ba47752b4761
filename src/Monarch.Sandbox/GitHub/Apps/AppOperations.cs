using System.Globalization;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub.Apps;

/// <summary>The operations that require the JWT of an App.</summary>
/// <remarks>https://docs.github.com/rest/apps/apps</remarks>
sealed class AppOperations(GitHubState state)
{
    public Answer Get(GitHubCall call) =>
        GitHubSerializer.Answer(200, new AppJson(call.BaseUrl, call.Caller.App!, state.StartedAt), call.Version);

    public Answer List(GitHubCall call)
    {
        var (page, all) = (PageQuery.Read(call.Http.Query), call.Caller.App!.Installations);
        List<InstallationJson> json = [.. page.Of(all).Select(installation => Json(call, installation))];
        return GitHubSerializer
            .Answer(200, json, call.Version)
            .WithLink(LinkHeader.ByNumber($"{call.BaseUrl}app/installations", call.Http.Query, page, all.Count));
    }

    public Answer GetById(GitHubCall call) => Respond(call, Find(call));

    public Answer GetForOwner(GitHubCall call) => Respond(call, FindForOwner(call.Caller.App!, call["owner"]));

    public Answer GetForRepository(GitHubCall call) =>
        Respond(
            call,
            state.Repositories.Find(call.Http.RouteValues) is { Missing: false } repository
            && FindForOwner(call.Caller.App!, repository.Owner) is { } installation
            && TokenRequest.Includes(installation, repository)
                ? installation
                : null
        );

    public Answer CreateToken(GitHubCall call)
    {
        if (Find(call) is not { } installation)
        {
            return GitHubErrors.NotFound(call.Documentation);
        }

        if (installation.Suspended)
        {
            return GitHubErrors.Suspended(call.Documentation);
        }

        var (request, refusal) = TokenRequest.Read(call, installation, state.Repositories);
        return refusal
            ?? GitHubSerializer.Answer(
                201,
                AccessTokenJson.Of(call, state.Accounts.Apps.Issue(call.Caller.App!, installation, request!)),
                call.Version
            );
    }

    Answer Respond(GitHubCall call, SandboxInstallation? installation) =>
        installation is null
            ? GitHubErrors.NotFound(call.Documentation)
            : GitHubSerializer.Answer(200, Json(call, installation), call.Version);

    InstallationJson Json(GitHubCall call, SandboxInstallation installation) =>
        new(call.BaseUrl, call.Caller.App!, installation, state.StartedAt);

    static SandboxInstallation? Find(GitHubCall call)
    {
        var id = long.Parse(call["installation"], CultureInfo.InvariantCulture);
        return call.Caller.App!.Installations.FirstOrDefault(installation => installation.Id == id);
    }

    static SandboxInstallation? FindForOwner(SandboxApp app, string owner) =>
        app.Installations.FirstOrDefault(i => string.Equals(i.Owner, owner, StringComparison.OrdinalIgnoreCase));
}
