using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>What a caller may ask about itself.</summary>
sealed class UserOperations(SandboxState state)
{
    public Answer Get(GitHubCall call)
    {
        var account = call.Caller.Account;
        return account.IsAnonymous
            ? GitHubErrors.RequiresAuthentication(call.Documentation)
            : call.Caller.IsIntegration ? GitHubErrors.NotAccessible(call.Caller, call.Documentation)
            : GitHubSerializer.Answer(200, UserJson.Of(call.BaseUrl, account.Login, account.Id), call.Version);
    }

    public Answer RateLimit(GitHubCall call)
    {
        var window = call.Caller.Account.Limits.Primary(state.Limits, state.Time.GetUtcNow());
        var core = new RateJson(window.Limit, window.Remaining, window.ResetSeconds, window.Used, "core");
        return GitHubSerializer.Answer(200, new RateLimitJson(new RateResourcesJson(core), core), call.Version);
    }
}
