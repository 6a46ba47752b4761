using Microsoft.AspNetCore.Http;
using Monarch.Redis.Outages;

namespace Monarch.Bridge.Api;

/// <summary>Answers 503 while Redis is unavailable: the request is valid, and the outage is temporary.</summary>
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
                detail: "Send the request again later; with an Idempotency-Key it is accepted once, even if this attempt was saved."
            );
        }
    }
}
