using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>Finds the repository of a call and says whether its caller may see and write it.</summary>
sealed class RepositoryAccess(RepositoryStore repositories)
{
    public Found Find(GitHubCall call)
    {
        var route = call.Route;
        var repository = route.FullName is null ? repositories.Find(route.RepositoryId) : repositories.Find(route.FullName);
        if (repository is null && route.FullName is not null && repositories.FindFormer(route.FullName) is { } moved && Sees(call, moved))
        {
            var location = $"{call.BaseUrl}repositories/{moved.Id}{route.Rest}{call.Http.QueryString}";
            return new Found(null, GitHubErrors.Moved(call.Http, location));
        }

        if (repository is null || !Sees(call, repository))
            return new Found(null, GitHubErrors.NotFound(call.Documentation));
        return repository.TakenDown
            ? new Found(null, GitHubErrors.Blocked(451, "dmca", repository.CreatedAt))
            : new Found(repository, null);
    }

    /// <summary>Why the issues of a repository cannot be read; null: they can.</summary>
    public static Answer? RefuseIssues(Repository repository) =>
        repository.Disabled ? GitHubErrors.Blocked(403, "tos", repository.CreatedAt) : null;

    /// <summary>Why the caller cannot write issues; null: it can.</summary>
    public static Answer? RefuseWrite(GitHubCall call, Repository repository)
    {
        if (call.Caller.Account.IsAnonymous)
            return GitHubErrors.RequiresAuthentication(call.Documentation);
        if (!call.Caller.MayWriteIssuesIn(repository))
            return GitHubErrors.NotAccessible(call.Caller, call.Documentation);
        if (RefuseIssues(repository) is { } blocked)
            return blocked;
        if (repository.Archived)
            return GitHubErrors.Archived(call.Documentation);
        return repository.HasIssues ? null : GitHubErrors.IssuesAreOff(call.Documentation);
    }

    static bool Sees(GitHubCall call, Repository repository) => !repository.Missing && call.Caller.In(repository) > Permission.None;
}
