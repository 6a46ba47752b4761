using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Sandbox.GitHub.Apps;

namespace Monarch.Sandbox.GitHub;

/// <summary>The simulated addresses of GitHub's REST API; any other answers 404.</summary>
static class GitHubEndpoints
{
    static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];
    static readonly string[] Repository = ["repos/{owner}/{name}", "repositories/{id:long}"];
    static readonly string[] Issues = Append(Repository, "/issues");
    static readonly string[] Issue = Append(Issues, "/{number:int:min(1)}");
    static readonly Operation Unknown = new("unknown", "", call => GitHubErrors.NotFound(call.Documentation));

    public static void MapGitHub(this IEndpointRouteBuilder routes, GitHubState state, CancellationToken stopping)
    {
        var api = new GitHubApi(state, stopping);
        var (users, issues, apps) = (new UserOperations(state), new IssueOperations(state), new AppOperations(state));
        var access = new RepositoryAccess(state.Repositories);
        var gitHub = routes.MapGroup(GitHubApi.Prefix);

        Map(Reads, ["user"], new("GET user", "/users/users#get-the-authenticated-user", users.Get));
        const string RateLimit = "/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user";
        Map(Reads, ["rate_limit"], new("GET rate_limit", RateLimit, users.RateLimit) { IsFree = true });
        Map(Reads, Repository, new("GET repository", "/repos/repos#get-a-repository", access.Checked(RepositoryAccess.Show)));
        Map(Reads, Issues, new("GET issues", "/issues/issues#list-repository-issues", access.Checked(issues.List)));
        Map(Reads, Issue, new("GET issue", "/issues/issues#get-an-issue", access.Checked(issues.Get)));
        Map(["POST"], Issues, new("POST issues", "/issues/issues#create-an-issue", access.Checked(issues.Create)) { IsCreation = true });
        Map(["PATCH", "POST"], Issue, new("PATCH issue", "/issues/issues#update-an-issue", access.Checked(issues.Update)));

        const string ForApps = "/apps/apps#";
        MapForApps(Reads, ["app"], new("GET app", ForApps + "get-the-authenticated-app", apps.Get));
        MapForApps(
            Reads,
            ["app/installations"],
            new("GET installations", ForApps + "list-installations-for-the-authenticated-app", apps.List)
        );
        MapForApps(
            Reads,
            ["app/installations/{installation:long}"],
            new("GET installation", ForApps + "get-an-installation-for-the-authenticated-app", apps.GetById)
        );
        MapForApps(
            Reads,
            ["users/{owner}/installation", "orgs/{owner}/installation"],
            new("GET installation", ForApps + "get-a-user-installation-for-the-authenticated-app", apps.GetForOwner)
        );
        MapForApps(
            Reads,
            Append(Repository, "/installation"),
            new("GET repository installation", ForApps + "get-a-repository-installation-for-the-authenticated-app", apps.GetForRepository)
        );
        MapForApps(
            ["POST"],
            ["app/installations/{installation:long}/access_tokens"],
            new("POST access_tokens", ForApps + "create-an-installation-access-token-for-an-app", apps.CreateToken)
        );
        gitHub.MapFallback("{**path}", context => api.HandleAsync(context, Unknown));

        void MapForApps(string[] methods, string[] patterns, Operation operation) =>
            Map(methods, patterns, operation with { IsForApps = true });

        void Map(string[] methods, string[] patterns, Operation operation)
        {
            foreach (var pattern in patterns)
            {
                gitHub.MapMethods(pattern, methods, context => api.HandleAsync(context, EndsWithSlash(context) ? Unknown : operation));
            }
        }
    }

    // Unlike routing, GitHub does not ignore a trailing slash.
    static bool EndsWithSlash(HttpContext context) => context.Request.Path.Value!.EndsWith('/');

    static string[] Append(string[] patterns, string path) => Array.ConvertAll(patterns, pattern => pattern + path);
}
