using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>Finds the repository of a call and says whether its caller may see and write it.</summary>
sealed class RepositoryAccess(RepositoryStore repositories)
{
    /// <summary>An operation in the repository that its address names, if its caller may see it.</summary>
    public Func<GitHubCall, Answer> In(Func<GitHubCall, Repository, Answer> carryOut) => call =>
        repositories.Find(call.Http.RouteValues) is not { } repository || !Sees(call, repository)
            ? Moved(call) ?? GitHubErrors.NotFound(call.Documentation)
            : repository.TakenDown ? GitHubErrors.Blocked(451, "dmca", repository.CreatedAt)
            : carryOut(call, repository);

    public static Answer Show(GitHubCall call, Repository repository) =>
        GitHubSerializer.Answer(200, new RepositoryJson(call.BaseUrl, repository, call.Caller), call.Version);

    /// <summary>Why the issues of a repository cannot be read; null: they can.</summary>
    public static Answer? RefuseIssues(GitHubCall call, Repository repository) =>
        repository.Disabled ? GitHubErrors.Blocked(403, "tos", repository.CreatedAt)
        : call.Caller.MayReadIssuesIn(repository) ? null
        : GitHubErrors.NotAccessible(call.Caller, call.Documentation);

    /// <summary>Why the caller cannot write issues; null: it can.</summary>
    public static Answer? RefuseWrite(GitHubCall call, Repository repository)
    {
        if (call.Caller.Account.IsAnonymous)
            return GitHubErrors.RequiresAuthentication(call.Documentation);
        if (!call.Caller.MayWriteIssuesIn(repository))
            return GitHubErrors.NotAccessible(call.Caller, call.Documentation);
        if (RefuseIssues(call, repository) is { } blocked)
            return blocked;
        if (repository.Archived)
            return GitHubErrors.Archived(call.Documentation);
        return repository.HasIssues ? null : GitHubErrors.IssuesAreOff(call.Documentation);
    }

    /// <summary>Leads from a former name to the same place below the repository's id; null: the address names none.</summary>
    Answer? Moved(GitHubCall call)
    {
        if (RepositoryStore.NameIn(call.Http.RouteValues) is not { } name || repositories.Find(name) is not null
            || repositories.FindFormer(name) is not { } repository || !Sees(call, repository))
            return null;
        var path = call.Http.Path.Value!;
        var rest = path[(GitHubApi.Prefix.Length + "repos/".Length + name.Length)..];
        return GitHubErrors.Moved(call.Http, $"{call.BaseUrl}repositories/{repository.Id}{rest}{call.Http.QueryString}");
    }

    static bool Sees(GitHubCall call, Repository repository) => !repository.Missing && call.Caller.In(repository) > Permission.None;
}
