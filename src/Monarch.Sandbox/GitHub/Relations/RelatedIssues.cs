using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Relations;

/// <summary>Reads and writes the issues of a relation, which can be in several repositories.</summary>
sealed class RelatedIssues(GitHubState state)
{
    /// <summary>An issue that the caller may read, by its id; null: none.</summary>
    public LocatedIssue? Find(GitHubCall call, long id) =>
        state.Repositories.FindIssue(id) is { } found && RepositoryAccess.CanRead(call, found.Repository) ? found : null;

    /// <summary>A page of the issues with these ids.</summary>
    public Answer List(GitHubCall call, Repository repository, IEnumerable<long> ids) =>
        Listing.Of(state, call, repository, ids.Select(id => Find(call, id)).OfType<LocatedIssue>().ToList(), found => Write(call, found));

    public Answer Answer(int status, GitHubCall call, LocatedIssue found) =>
        GitHubSerializer.Answer(status, Write(call, found), call.Version);

    public Answer Answer(int status, GitHubCall call, Repository repository, Issue issue) => Answer(status, call, new(repository, issue));

    IssueJson Write(GitHubCall call, LocatedIssue found) => new IssueWriter(state, call.BaseUrl, found.Repository).Write(found.Issue);
}
