using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The operations about the caller.</summary>
sealed class UserOperations(GitHubState state)
{
    public Answer Get(GitHubCall call)
    {
        var account = call.Caller.Account;
        return account.IsAnonymous ? GitHubErrors.RequiresAuthentication(call.Documentation)
            : call.Caller.IsIntegration ? GitHubErrors.NotAccessible(call.Caller, call.Documentation)
            : GitHubSerializer.Answer(200, new ProfileJson(call.BaseUrl, account.Login, account.Id, state.StartedAt), call.Version);
    }

    public Answer RateLimit(GitHubCall call)
    {
        var now = state.Time.GetUtcNow();
        return GitHubSerializer.Answer(200, RateLimitJson.Of(call.Caller.Account.Limits.Primary(state.Limits, now), now), call.Version);
    }
}
