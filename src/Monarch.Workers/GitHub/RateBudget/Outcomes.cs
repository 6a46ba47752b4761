using System.Net;
using Monarch.Redis.Outages;
using Monarch.Workers.GitHub.Transport;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.RateBudget;

/// <summary>Translates the end of a request for the budget.</summary>
static class Outcomes
{
    public static BudgetOutcome Of(HttpResponseMessage answer, Throttle? throttle, DateTimeOffset now) =>
        new(End(answer, throttle))
        {
            Wait = throttle?.Wait,
            IsPrimary = throttle?.IsPrimary == true,
            Status = (int)answer.StatusCode,
            Remaining = RateHeaders.Remaining(answer.Headers),
            ResetsIn = RateHeaders.ResetsIn(answer.Headers, now),
        };

    /// <summary>For a request without an answer.</summary>
    public static BudgetOutcome Of(Exception exception) =>
        new(
            exception switch
            {
                // The credential is or was parked, so GitHub did not count the request.
                GitHubException { Failure.Status: 401 } or RedisUnavailableException => BudgetEnd.Void,
                GitHubException { IsUnsent: true } => BudgetEnd.Void,
                GitHubException { InnerException: HttpRequestException e } when NetworkFailure.IsBeforeSending(e) => BudgetEnd.Unreached,
                GitHubException => BudgetEnd.Failed,
                // Monarch cancelled the request.
                _ => BudgetEnd.Declined,
            }
        );

    static BudgetEnd End(HttpResponseMessage answer, Throttle? throttle) =>
        answer.StatusCode switch
        {
            _ when throttle is not null => BudgetEnd.Refused,
            >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => BudgetEnd.Failed,
            // GitHub may reject an issue before it counts the request.
            >= HttpStatusCode.BadRequest when answer.RequestMessage?.Method == HttpMethod.Post => BudgetEnd.Declined,
            _ => BudgetEnd.Answered,
        };
}
