using Monarch.Sandbox.Limits;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>The answer of <c>GET /rate_limit</c>; <c>rate</c> was removed in version 2026-03-10.</summary>
sealed record RateLimitJson(RateResourcesJson Resources, RateJson Rate)
{
    /// <summary>The account's limit, and those of search and GraphQL, which the sandbox does not count.</summary>
    public static RateLimitJson Of(PrimaryWindow core, DateTimeOffset now)
    {
        var (minute, hour) = (now.AddMinutes(1).ToUnixTimeSeconds(), now.AddHours(1).ToUnixTimeSeconds());
        var rate = new RateJson(core.Limit, core.Used, core.Remaining, core.ResetSeconds, "core");
        return new(
            new(rate, new(30, 0, 30, minute, "search"), new(5_000, 0, 5_000, hour, "graphql"), new(10, 0, 10, minute, "code_search")),
            rate
        );
    }
}

sealed record RateResourcesJson(RateJson Core, RateJson Search, RateJson Graphql, RateJson CodeSearch);

sealed record RateJson(int Limit, int Used, int Remaining, long Reset, string Resource);
