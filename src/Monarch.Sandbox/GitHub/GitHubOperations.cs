using Monarch.Sandbox.GitHub.Apps;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>Carries out what was asked, with neither limits nor faults.</summary>
sealed class GitHubOperations(SandboxState state)
{
    readonly RepositoryAccess _access = new(state.Repositories);
    readonly IssueOperations _issues = new(state);
    readonly AppOperations _apps = new(state);

    public Answer CarryOut(GitHubCall call)
    {
        var operation = call.Route.Operation;
        if (operation == Operation.Unknown)
            return GitHubErrors.NotFound(call.Documentation);
        if (operation.IsForApps)
            return _apps.CarryOut(call);
        if (operation == Operation.GetUser)
            return User(call);
        if (operation == Operation.GetRateLimit)
            return RateLimit(call);
        var (repository, refusal) = _access.Find(call);
        if (repository is null)
            return refusal!;
        if (operation == Operation.GetRepository)
            return GitHubSerializer.Answer(200, RepositoryJson.Of(call.BaseUrl, repository, call.Caller), call.Version);
        if (operation == Operation.ListIssues)
            return _issues.List(call, repository);
        if (operation == Operation.GetIssue)
            return _issues.Get(call, repository);
        return operation == Operation.UpdateIssue ? _issues.Update(call, repository) : _issues.Create(call, repository);
    }

    /// <summary>The repository in which the call would create an issue; null: none.</summary>
    public Repository? Target(Route route) =>
        !route.Operation.IsCreation ? null
        : route.FullName is null ? state.Repositories.Find(route.RepositoryId)
        : state.Repositories.Find(route.FullName);

    static Answer User(GitHubCall call)
    {
        var account = call.Caller.Account;
        return account.IsAnonymous
            ? GitHubErrors.RequiresAuthentication(call.Documentation)
            : call.Caller.IsIntegration ? GitHubErrors.NotAccessible(call.Caller, call.Documentation)
            : GitHubSerializer.Answer(200, UserJson.Of(call.BaseUrl, account.Login, account.Id), call.Version);
    }

    Answer RateLimit(GitHubCall call)
    {
        var window = call.Caller.Account.Limits.Primary(state.Limits, state.Time.GetUtcNow());
        var core = new RateJson(window.Limit, window.Remaining, window.ResetSeconds, window.Used, "core");
        return GitHubSerializer.Answer(200, new RateLimitJson(new RateResourcesJson(core), core), call.Version);
    }
}
