using System.Globalization;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;
using Monarch.Sandbox.Limits;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>GitHub's answers to exceeded rate limits.</summary>
/// <remarks>https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit</remarks>
static class RateLimitAnswers
{
    const string PrimaryUrl = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api";
    const string SecondaryUrl =
        "https://docs.github.com/free-pro-team@latest/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits";

    public static Answer For(Refusal refusal, SandboxLimits limits, Account account, string requestId)
    {
        var documentation = refusal.Limit == Limit.Primary ? PrimaryUrl : SecondaryUrl;
        var answer = Error(limits.RefusalStatus, Message(refusal, account, requestId), documentation);
        // A primary limit is announced by x-ratelimit-reset, a ban without a header.
        return refusal.Limit is Limit.Primary or Limit.Banned || !limits.SendRetryAfter
            ? answer
            : RetryAfter(answer, refusal.Wait.TotalSeconds);
    }

    /// <summary>A random refusal, without an exceeded limit.</summary>
    public static Answer ByChance(SandboxLimits limits, int? retryAfterSeconds, string requestId)
    {
        var answer = Error(limits.RefusalStatus, Secondary(requestId), SecondaryUrl);
        return retryAfterSeconds is { } seconds ? RetryAfter(answer, seconds) : answer;
    }

    static string Message(Refusal refusal, Account account, string requestId) =>
        refusal switch
        {
            { Limit: Limit.Banned } => "Sorry. Your account was suspended.",
            { Limit: Limit.Primary } when account.IsAnonymous =>
                $"API rate limit exceeded for {account.Login}. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)",
            { Limit: Limit.Primary } =>
                $"API rate limit exceeded for {(account.IsInstallation ? "installation" : "user")} ID {account.Id}. If you reach out to GitHub Support for help, please include the request ID {requestId}.",
            { IsCreation: true } =>
                "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later. "
                    + $"If you reach out to GitHub Support for help, please include the request ID {requestId}.",
            _ => Secondary(requestId),
        };

    static string Secondary(string requestId) =>
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. "
        + $"If you reach out to GitHub Support for help, please include the request ID {requestId}.";

    static Answer Error(int status, string message, string documentation) =>
        GitHubSerializer.Answer(status, ErrorJson.Of(status, message, documentation));

    static Answer RetryAfter(Answer answer, double seconds) =>
        answer.With("Retry-After", Math.Max(1, (long)Math.Ceiling(seconds)).ToString(CultureInfo.InvariantCulture));
}
