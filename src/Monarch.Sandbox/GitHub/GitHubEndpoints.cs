using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Sandbox.GitHub.Apps;
using Monarch.Sandbox.GitHub.Comments;
using Monarch.Sandbox.GitHub.Labels;
using Monarch.Sandbox.GitHub.Milestones;
using Monarch.Sandbox.GitHub.Organisations;
using Monarch.Sandbox.GitHub.Relations;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The simulated addresses of GitHub's REST API; any other answers 404.</summary>
static class GitHubEndpoints
{
    static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];
    static readonly string[] Repository = ["repos/{owner}/{name}", "repositories/{id:long}"];
    static readonly string[] Issues = Append(Repository, "/issues");
    static readonly string[] Issue = Append(Issues, "/{number:int:min(1)}");
    static readonly string[] Post = [HttpMethods.Post];
    static readonly string[] Patch = [HttpMethods.Patch, HttpMethods.Post];
    static readonly string[] Delete = [HttpMethods.Delete];
    static readonly Operation Unknown = new("unknown", "", call => GitHubErrors.NotFound(call.Documentation));

    public static void MapGitHub(this IEndpointRouteBuilder routes, GitHubState state, CancellationToken stopping)
    {
        var api = new GitHubApi(state, stopping);
        var (users, issues, apps) = (new UserOperations(state), new IssueOperations(state), new AppOperations(state));
        var (labels, milestones) = (new LabelOperations(state), new MilestoneOperations(state));
        var (comments, assignees, types) = (new CommentOperations(state), new AssigneeOperations(state), new IssueTypeOperations(state));
        var (subIssues, dependencies) = (new SubIssueOperations(state), new DependencyOperations(state));
        var access = new RepositoryAccess(state.Repositories);
        var gitHub = routes.MapGroup(GitHubApi.Prefix);

        Map(Reads, ["user"], new("GET user", "/users/users#get-the-authenticated-user", users.Get));
        const string RateLimit = "/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user";
        Map(Reads, ["rate_limit"], new("GET rate_limit", RateLimit, users.RateLimit) { IsFree = true });
        Map(Reads, Repository, new("GET repository", "/repos/repos#get-a-repository", access.Checked(RepositoryAccess.Show)));
        Map(Reads, Issues, new("GET issues", "/issues/issues#list-repository-issues", access.Checked(issues.List)));
        Map(Reads, Issue, new("GET issue", "/issues/issues#get-an-issue", access.Checked(issues.Get)));
        Map(Post, Issues, new("POST issues", "/issues/issues#create-an-issue", access.Checked(issues.Create)) { IsCreation = true });
        Map(Patch, Issue, new("PATCH issue", "/issues/issues#update-an-issue", access.Checked(issues.Update)));

        var allLabels = Append(Repository, "/labels");
        MapIn(Reads, allLabels, "GET labels", "/issues/labels#list-labels-for-a-repository", labels.List);
        MapIn(Reads, Append(allLabels, "/{label}"), "GET label", "/issues/labels#get-a-label", labels.Get);
        MapIn(Post, allLabels, "POST labels", "/issues/labels#create-a-label", labels.Create);

        var allMilestones = Append(Repository, "/milestones");
        MapIn(Reads, allMilestones, "GET milestones", "/issues/milestones#list-milestones", milestones.List);
        MapIn(Reads, Append(allMilestones, "/{milestone:int}"), "GET milestone", "/issues/milestones#get-a-milestone", milestones.Get);
        MapIn(Post, allMilestones, "POST milestones", "/issues/milestones#create-a-milestone", milestones.Create);

        var allAssignees = Append(Repository, "/assignees");
        MapIn(Reads, allAssignees, "GET assignees", "/issues/assignees#list-assignees", assignees.List);
        const string Assignable = "/issues/assignees#check-if-a-user-can-be-assigned";
        MapIn(Reads, Append(allAssignees, "/{assignee}"), "GET assignee", Assignable, assignees.Check);

        var ofIssue = Append(Issue, "/comments");
        var comment = Append(Issues, "/comments/{comment:long}");
        MapIn(Reads, ofIssue, "GET comments", "/issues/comments#list-issue-comments", comments.List);
        Map(
            Post,
            ofIssue,
            new("POST comments", "/issues/comments#create-an-issue-comment", access.Checked(comments.Create)) { IsCreation = true }
        );
        MapIn(
            Reads,
            Append(Issues, "/comments"),
            "GET all comments",
            "/issues/comments#list-issue-comments-for-a-repository",
            comments.ListAll
        );
        MapIn(Reads, comment, "GET comment", "/issues/comments#get-an-issue-comment", comments.Get);
        MapIn(Patch, comment, "PATCH comment", "/issues/comments#update-an-issue-comment", comments.Update);
        MapIn(Delete, comment, "DELETE comment", "/issues/comments#delete-an-issue-comment", comments.Delete);

        if (!state.Options.OlderEnterpriseServer)
        {
            MapRelations();
        }

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

        void MapRelations()
        {
            Map(
                Reads,
                ["orgs/{owner}/issue-types"],
                new("GET issue-types", "/orgs/issue-types#list-issue-types-for-an-organization", types.List)
            );
            const string OfRepository = "/repos/issue-types#list-issue-types-for-a-repository";
            MapIn(Reads, Append(Repository, "/issue-types"), "GET repository issue-types", OfRepository, types.ListForRepository);

            const string SubIssue = "/issues/sub-issues#";
            var allSubIssues = Append(Issue, "/sub_issues");
            MapIn(Reads, allSubIssues, "GET sub_issues", SubIssue + "list-sub-issues", subIssues.List);
            MapIn(Post, allSubIssues, "POST sub_issues", SubIssue + "add-sub-issue", subIssues.Add);
            MapIn(Delete, Append(Issue, "/sub_issue"), "DELETE sub_issue", SubIssue + "remove-sub-issue", subIssues.Remove);
            MapIn(Patch, Append(allSubIssues, "/priority"), "PATCH priority", SubIssue + "reprioritize-sub-issue", subIssues.Prioritize);
            MapIn(Reads, Append(Issue, "/parent"), "GET parent", SubIssue + "get-parent-issue", subIssues.GetParent);

            const string Dependency = "/issues/issue-dependencies#";
            var blockedBy = Append(Issue, "/dependencies/blocked_by");
            MapIn(Reads, blockedBy, "GET blocked_by", Dependency + "list-dependencies-an-issue-is-blocked-by", dependencies.ListBlockers);
            MapIn(Post, blockedBy, "POST blocked_by", Dependency + "add-a-dependency-an-issue-is-blocked-by", dependencies.Add);
            const string Removal = Dependency + "remove-dependency-an-issue-is-blocked-by";
            MapIn(Delete, Append(blockedBy, "/{blocker:long}"), "DELETE blocked_by", Removal, dependencies.Remove);
            const string Blocking = Dependency + "list-dependencies-an-issue-is-blocking";
            MapIn(Reads, Append(Issue, "/dependencies/blocking"), "GET blocking", Blocking, dependencies.ListBlocked);
        }

        void MapIn(string[] methods, string[] patterns, string kind, string documentation, Func<GitHubCall, Repository, Answer> carryOut) =>
            Map(methods, patterns, new(kind, documentation, access.Checked(carryOut)));

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
