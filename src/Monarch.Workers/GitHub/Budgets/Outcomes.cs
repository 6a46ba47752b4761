using System.Net;
using Monarch.Redis.Outages;
using Monarch.Workers.GitHub.Client;
using Monarch.Workers.Http;

namespace Monarch.Workers.GitHub.Budgets;

/// <summary>What the end of a request means for the budget.</summary>
static class Outcomes
{
    public static BudgetOutcome Of(HttpResponseMessage answer, Throttle? throttle, DateTimeOffset now) => new(End(answer, throttle))
    {
        Wait = throttle?.Wait,
        IsPrimary = throttle?.IsPrimary == true,
        Status = (int)answer.StatusCode,
        Remaining = RateHeaders.Remaining(answer.Headers),
        ResetsIn = RateHeaders.ResetsIn(answer.Headers, now),
    };

    /// <summary>No answer came.</summary>
    public static BudgetOutcome Of(Exception exception) => new(exception switch
    {
        // The credential is parked, or was until just now: GitHub has counted nothing.
        GitHubException { Failure.Status: 401 } or RedisUnavailableException => BudgetEnd.Void,
        GitHubException { IsUnsent: true } => BudgetEnd.Void,
        GitHubException { InnerException: HttpRequestException e } when NetworkFailure.IsBeforeSending(e) => BudgetEnd.Unreached,
        GitHubException => BudgetEnd.Failed,
        // It was cancelled by us.
        _ => BudgetEnd.Declined,
    });

    static BudgetEnd End(HttpResponseMessage answer, Throttle? throttle) => answer.StatusCode switch
    {
        _ when throttle is not null => BudgetEnd.Refused,
        >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout => BudgetEnd.Failed,
        // That an issue is not acceptable may be said before anybody counts.
        >= HttpStatusCode.BadRequest when answer.RequestMessage?.Method == HttpMethod.Post => BudgetEnd.Declined,
        _ => BudgetEnd.Answered,
    };
}
