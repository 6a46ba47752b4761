namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>The answer of <c>GET /rate_limit</c>; <c>rate</c> is gone in version 2026-03-10.</summary>
sealed record RateLimitJson(RateResourcesJson Resources, RateJson Rate);

sealed record RateResourcesJson(RateJson Core);

sealed record RateJson(int Limit, int Remaining, long Reset, int Used, string Resource);
