using System.Text.Json;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Relations;

/// <summary>The operations of the sub-issue endpoints. A sub-issue is named by its id, not its number.</summary>
/// <remarks>https://docs.github.com/rest/issues/sub-issues</remarks>
sealed class SubIssueOperations(GitHubState state)
{
    const string Unknown = "The provided sub-issue does not exist";

    readonly RelatedIssues _issues = new(state);

    SubIssueTree Tree => state.Repositories.SubIssues;

    public Answer List(GitHubCall call, Repository repository) =>
        IssueAccess.Read(call, repository, issue => _issues.List(call, repository, Tree.ChildrenOf(issue.Id, state.ListedUntil())));

    public Answer GetParent(GitHubCall call, Repository repository) =>
        IssueAccess.Read(
            call,
            repository,
            issue =>
                Tree.ParentOf(issue.Id) is { } id && _issues.Find(call, id) is { } parent
                    ? _issues.Answer(200, call, parent)
                    : GitHubErrors.NotFound(call.Documentation)
        );

    public Answer Add(GitHubCall call, Repository repository) =>
        Change(
            call,
            repository,
            (json, parent, child) =>
            {
                var replaces = json.TryGetProperty("replace_parent", out var replace) && replace.ValueKind == JsonValueKind.True;
                var reason =
                    parent.IsPullRequest ? "Parent may only be an issue"
                    : child.Issue.IsPullRequest ? "Sub issue may only be an issue"
                    : !string.Equals(child.Repository.Owner, repository.Owner, StringComparison.OrdinalIgnoreCase)
                        ? "Sub issue must belong to the same repository owner as the parent issue"
                    : Tree.Add(parent.Id, child.Issue.Id, replaces, state.Time.GetUtcNow());
                return reason is null
                    ? _issues.Answer(201, call, repository, parent)
                    : GitHubErrors.Unprocessable(
                        $"An error occurred while adding the sub-issue to the parent issue. {reason}",
                        call.Documentation
                    );
            }
        );

    public Answer Remove(GitHubCall call, Repository repository) =>
        Change(
            call,
            repository,
            (_, parent, child) =>
                Tree.Remove(parent.Id, child.Issue.Id)
                    ? _issues.Answer(200, call, repository, parent)
                    : GitHubErrors.NotFound(call.Documentation, Unknown)
        );

    public Answer Prioritize(GitHubCall call, Repository repository) =>
        Change(
            call,
            repository,
            (json, parent, child) =>
            {
                var (after, before) = (JsonText.Integer(json, "after_id"), JsonText.Integer(json, "before_id"));
                if (after is null == before is null)
                {
                    return GitHubErrors.Unprocessable("Specify either after_id or before_id.", call.Documentation);
                }

                return !Tree.ChildrenOf(parent.Id, DateTimeOffset.MaxValue).Contains(child.Issue.Id)
                        ? GitHubErrors.NotFound(call.Documentation, Unknown)
                    : Tree.Move(parent.Id, child.Issue.Id, (after ?? before)!.Value, after is not null)
                        ? _issues.Answer(200, call, repository, parent)
                    : GitHubErrors.Unprocessable(
                        "The issue of after_id or before_id is not a sub-issue of the parent.",
                        call.Documentation
                    );
            }
        );

    Answer Change(GitHubCall call, Repository repository, Func<JsonElement, Issue, LocatedIssue, Answer> carryOut) =>
        IssueAccess.Triage(
            call,
            repository,
            parent =>
                RequestJson.Read(
                    call,
                    json =>
                        Invalid(json) is { } invalid ? GitHubErrors.InvalidRequest(invalid, call.Documentation)
                        : _issues.Find(call, JsonText.Integer(json, "sub_issue_id")!.Value) is { } child ? carryOut(json, parent, child)
                        : GitHubErrors.NotFound(call.Documentation, Unknown)
                )
        );

    static string? Invalid(JsonElement json) =>
        JsonText.Missing(json, "sub_issue_id")
        ?? JsonText.NotAnInteger(json, "sub_issue_id")
        ?? JsonText.NotAnInteger(json, "after_id")
        ?? JsonText.NotAnInteger(json, "before_id");
}
