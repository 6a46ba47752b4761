using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The operations of the assignee endpoints of a repository.</summary>
/// <remarks>https://docs.github.com/rest/issues/assignees</remarks>
sealed class AssigneeOperations(GitHubState state)
{
    public Answer List(GitHubCall call, Repository repository) =>
        RepositoryAccess.RefuseIssues(call, repository)
        ?? Listing.Of(state, call, repository, state.AssigneesOf(repository), login => new UserJson(call.BaseUrl, login));

    /// <summary>Answers 204 when a login can be assigned.</summary>
    public Answer Check(GitHubCall call, Repository repository) =>
        RepositoryAccess.RefuseIssues(call, repository)
        ?? (
            state.CanBeAssigned(repository, call["assignee"])
                ? new Answer(204, [], "application/json; charset=utf-8")
                : GitHubErrors.NotFound(call.Documentation)
        );
}
