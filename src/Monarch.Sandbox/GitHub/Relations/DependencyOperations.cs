using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Relations;

/// <summary>The operations of the dependency endpoints. A blocking issue is named by its id, not its number.</summary>
/// <remarks>https://docs.github.com/rest/issues/issue-dependencies</remarks>
sealed class DependencyOperations(GitHubState state)
{
    readonly RelatedIssues _issues = new(state);

    DependencyGraph Graph => state.Repositories.Dependencies;

    public Answer ListBlockers(GitHubCall call, Repository repository) =>
        IssueAccess.Read(call, repository, issue => _issues.List(call, repository, Graph.BlockersOf(issue.Id, state.ListedUntil())));

    public Answer ListBlocked(GitHubCall call, Repository repository) =>
        IssueAccess.Read(call, repository, issue => _issues.List(call, repository, Graph.BlockedBy(issue.Id, state.ListedUntil())));

    public Answer Add(GitHubCall call, Repository repository) =>
        IssueAccess.Triage(
            call,
            repository,
            issue =>
                RequestJson.Read(
                    call,
                    json =>
                        (JsonText.Missing(json, "issue_id") ?? JsonText.NotAnInteger(json, "issue_id")) is { } invalid
                            ? GitHubErrors.InvalidRequest(invalid, call.Documentation)
                        : _issues.Find(call, JsonText.Integer(json, "issue_id")!.Value) is { } blocker
                            ? Add(call, repository, issue, blocker.Issue)
                        : GitHubErrors.NotFound(call.Documentation)
                )
        );

    /// <summary>Removes a dependency; also answers 200 when it does not exist.</summary>
    public Answer Remove(GitHubCall call, Repository repository) =>
        IssueAccess.Triage(
            call,
            repository,
            issue =>
            {
                if (_issues.Find(call, call.Long("blocker")) is not { } blocker)
                {
                    return GitHubErrors.NotFound(call.Documentation);
                }

                Graph.Remove(issue.Id, blocker.Issue.Id);
                return _issues.Answer(200, call, repository, issue);
            }
        );

    Answer Add(GitHubCall call, Repository repository, Issue issue, Issue blocker)
    {
        var reason =
            issue.IsPullRequest ? "Source issue may only be an issue"
            : blocker.IsPullRequest ? "Target issue may only be an issue"
            : Graph.Add(issue.Id, blocker.Id, state.Time.GetUtcNow());
        return reason is null
            ? _issues.Answer(201, call, repository, issue)
            : GitHubErrors.Unprocessable(
                $"An error occurred while adding the blocking issue to the issue. Validation failed: {reason}",
                call.Documentation
            );
    }
}
