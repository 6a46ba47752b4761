using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>Finds the repository of a call and checks whether the caller may read and write it.</summary>
sealed class RepositoryAccess(RepositoryStore repositories)
{
    /// <summary>Wraps an operation so that it receives the repository of the address if the caller may read it.</summary>
    public Func<GitHubCall, Answer> Checked(Func<GitHubCall, Repository, Answer> carryOut) =>
        call =>
            repositories.Find(call.Http.RouteValues) is not { } repository || !CanRead(call, repository)
                ? Moved(call) ?? GitHubErrors.NotFound(call.Documentation)
            : repository.TakenDown ? GitHubErrors.Blocked(451, "dmca", repository.CreatedAt)
            : carryOut(call, repository);

    public static Answer Show(GitHubCall call, Repository repository) =>
        GitHubSerializer.Answer(200, new RepositoryJson(call.BaseUrl, repository, call.Caller), call.Version);

    /// <summary>The refusal to read issues; null: allowed.</summary>
    public static Answer? RefuseIssues(GitHubCall call, Repository repository) =>
        repository.Disabled ? GitHubErrors.Blocked(403, "tos", repository.CreatedAt)
        : call.Caller.MayReadIssuesIn(repository) ? null
        : GitHubErrors.NotAccessible(call.Caller, call.Documentation);

    /// <summary>The refusal to write issues; null: allowed.</summary>
    public static Answer? RefuseWrite(GitHubCall call, Repository repository)
    {
        if (call.Caller.Account.IsAnonymous)
        {
            return GitHubErrors.RequiresAuthentication(call.Documentation);
        }

        if (!call.Caller.MayWriteIssuesIn(repository))
        {
            return GitHubErrors.NotAccessible(call.Caller, call.Documentation);
        }

        if (RefuseIssues(call, repository) is { } blocked)
        {
            return blocked;
        }

        if (repository.Archived)
        {
            return GitHubErrors.Archived(call.Documentation);
        }

        return repository.HasIssues ? null : GitHubErrors.IssuesAreOff(call.Documentation);
    }

    /// <summary>The refusal to create labels or milestones, which requires push access; null: allowed.</summary>
    public static Answer? RefuseSetup(GitHubCall call, Repository repository)
    {
        if (call.Caller.Account.IsAnonymous)
        {
            return GitHubErrors.RequiresAuthentication(call.Documentation);
        }

        if (!call.Caller.MayWriteIssuesIn(repository))
        {
            return GitHubErrors.NotAccessible(call.Caller, call.Documentation);
        }

        return RefuseIssues(call, repository) is { } blocked ? blocked
            : repository.Archived ? GitHubErrors.Archived(call.Documentation)
            : call.Caller.PermissionIn(repository) >= Permission.Push ? null
            : GitHubErrors.NotFound(call.Documentation);
    }

    /// <summary>Whether the repository exists for the caller.</summary>
    public static bool CanRead(GitHubCall call, Repository repository) =>
        !repository.Missing && call.Caller.PermissionIn(repository) > Permission.None;

    /// <summary>Redirects from a former name to the same path below the repository's id; null: the address has no former name.</summary>
    Answer? Moved(GitHubCall call)
    {
        if (
            RepositoryStore.NameIn(call.Http.RouteValues) is not { } name
            || repositories.Find(name) is not null
            || repositories.FindFormer(name) is not { } repository
            || !CanRead(call, repository)
        )
        {
            return null;
        }

        var path = call.Http.Path.Value!;
        var rest = path[(GitHubApi.Prefix.Length + "repos/".Length + name.Length)..];
        return GitHubErrors.Moved(call.Http, $"{call.BaseUrl}repositories/{repository.Id}{rest}{call.Http.QueryString}");
    }
}
