using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>Finds the issue of a call and checks whether the caller may read or write it.</summary>
static class IssueAccess
{
    /// <summary>Carries out a read of an issue that exists.</summary>
    public static Answer Read(GitHubCall call, Repository repository, Func<Issue, Answer> carryOut) =>
        RepositoryAccess.RefuseIssues(call, repository) ?? Find(call, repository, carryOut);

    /// <summary>Carries out a write to an issue that exists.</summary>
    public static Answer Write(GitHubCall call, Repository repository, Func<Issue, Answer> carryOut) =>
        RepositoryAccess.RefuseWrite(call, repository) ?? Find(call, repository, carryOut);

    /// <summary>Carries out a write that requires the triage role.</summary>
    public static Answer Triage(GitHubCall call, Repository repository, Func<Issue, Answer> carryOut) =>
        Write(
            call,
            repository,
            issue =>
                call.Caller.PermissionIn(repository) >= Permission.Triage
                    ? carryOut(issue)
                    : GitHubErrors.MustHaveAdminRights(call.Documentation)
        );

    static Answer Find(GitHubCall call, Repository repository, Func<Issue, Answer> carryOut) =>
        repository.Find(call.Number) switch
        {
            { IsDeleted: true } => GitHubErrors.Deleted(call.Documentation),
            { IsPullRequest: false } when !repository.HasIssues => GitHubErrors.IssuesAreOff(call.Documentation),
            { } issue => carryOut(issue),
            null => GitHubErrors.NotFound(call.Documentation),
        };
}
