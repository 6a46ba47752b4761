using Microsoft.AspNetCore.Http;
using Monarch.Redis.Outages;

namespace Monarch.Bridge.Api;

/// <summary>Answers 503 while Redis is away: it is nobody's mistake, and it passes.</summary>
sealed class RedisOutageFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RedisUnavailableException)
        {
            return TypedResults.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "Redis cannot be reached.",
                detail: "Send the request again later; with an Idempotency-Key it counts once, whatever became of this one.");
        }
    }
}
