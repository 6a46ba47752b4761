using Microsoft.AspNetCore.Http;
using Monarch.Sandbox.GitHub.Apps;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>GitHub's error messages, verbatim.</summary>
static class GitHubErrors
{
    public static Answer NotFound(string documentation, string message = "Not Found") => Plain(404, message, documentation);

    public static Answer BadCredentials() => Plain(401, "Bad credentials", "https://docs.github.com/rest");

    /// <summary>The refusal of a JWT.</summary>
    public static Answer BadJwt(string reason) => Plain(reason == AppJwt.Unknown ? 404 : 401, reason, "https://docs.github.com/rest");

    public static Answer Suspended(string documentation) => Plain(403, "This installation has been suspended", documentation);

    public static Answer RequiresAuthentication(string documentation) => Plain(401, "Requires authentication", documentation);

    public static Answer NotAccessible(Caller caller, string documentation) =>
        Plain(403, $"Resource not accessible by {(caller.IsIntegration ? "integration" : "personal access token")}", documentation);

    public static Answer MustHaveAdminRights(string documentation) => Plain(403, "Must have admin rights to Repository.", documentation);

    public static Answer Archived(string documentation) => Plain(403, "Repository was archived so is read-only.", documentation);

    public static Answer IssuesAreOff(string documentation) => Plain(410, "Issues has been disabled in this repository.", documentation);

    public static Answer Deleted(string documentation) => Plain(410, "This issue was deleted", documentation);

    public static Answer Locked(string documentation) => Plain(403, "Unable to create comment because issue is locked.", documentation);

    /// <summary>The refusal to create the labels that a request names, in a repository where the caller may only set existing ones.</summary>
    public static Answer MayNotCreateLabels(string documentation) =>
        GitHubSerializer.Answer(
            403,
            new ErrorJson(
                "You do not have permission to create labels on this repository.",
                [new("Repository", "unauthorized", "label")],
                documentation,
                "403"
            )
        );

    public static Answer ProblemsParsingJson(string documentation) => Plain(400, "Problems parsing JSON", documentation);

    public static Answer BodyIsNoObject(string documentation) => Plain(400, "Body should be a JSON object", documentation);

    /// <summary>The refusal of a body that violates the schema, such as a missing title.</summary>
    public static Answer InvalidRequest(string reason, string documentation) => Plain(422, "Invalid request.\n\n" + reason, documentation);

    /// <summary>The refusal of a valid body that cannot be processed.</summary>
    public static Answer Unprocessable(string reason, string documentation) => Plain(422, reason, documentation);

    public static Answer ValidationFailed(string documentation, params ErrorDetailJson[] errors) =>
        GitHubSerializer.Answer(422, new ErrorJson("Validation Failed", errors, documentation, "422"));

    /// <summary>A refusal of the pace that resembles a refusal of the issue.</summary>
    public static Answer TooQuickly(GitHubCall call)
    {
        var resource = call.Http.RouteValues.ContainsKey("number") ? "IssueComment" : "Issue";
        return ValidationFailed(call.Documentation, new ErrorDetailJson(resource, "unprocessable", "data", "was submitted too quickly"));
    }

    public static Answer Blocked(int status, string reason, DateTimeOffset since) =>
        GitHubSerializer.Answer(
            status,
            ErrorJson.Of(status, "Repository access blocked", "https://docs.github.com/rest") with
            {
                Block = new BlockJson(reason, Times.Of(since), reason == "dmca" ? "https://github.com/github/dmca" : null),
            }
        );

    public static Answer UnsupportedVersion(string version) =>
        GitHubSerializer.Answer(
            400,
            new VersionErrorJson(
                "Bad Request",
                $"The version you specified in the \"X-GitHub-API-Version\" request header, \"{version}\", is not a supported version. "
                    + $"The following versions are currently supported: \"{ApiVersion.Second}\" (most recent) and \"{ApiVersion.First}\".",
                "https://docs.github.com/rest",
                "400"
            )
        );

    /// <summary>The answer of the front end, before the API: no JSON.</summary>
    public static Answer UserAgentMissing() =>
        new(
            403,
            "\r\nRequest forbidden by administrative rules. Please make sure your request has a User-Agent header (https://docs.github.com/en/rest/overview/resources-in-the-rest-api#user-agent-required). Check https://developer.github.com for other possible causes.\r\n"u8.ToArray(),
            "text/html; charset=utf-8"
        );

    public static Answer ServerError(int status) =>
        status == 503
            ? new Answer(
                503,
                "<html><body><h1>Unicorn!</h1><p>No server is currently available to service your request.</p></body></html>"u8.ToArray(),
                "text/html; charset=utf-8"
            )
            : GitHubSerializer.Answer(status, ErrorJson.Of(status, "Server Error", "https://docs.github.com/rest"));

    /// <summary>301 for a read; 307 for a write, so that the client repeats the method.</summary>
    public static Answer Moved(HttpRequest request, string location)
    {
        var (status, message) = request.Method is "GET" or "HEAD" ? (301, "Moved Permanently") : (307, "Temporary Redirect");
        return GitHubSerializer
            .Answer(
                status,
                new RedirectJson(
                    message,
                    location,
                    "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects"
                )
            )
            .With("Location", location);
    }

    static Answer Plain(int status, string message, string documentation) =>
        GitHubSerializer.Answer(status, ErrorJson.Of(status, message, documentation));
}
