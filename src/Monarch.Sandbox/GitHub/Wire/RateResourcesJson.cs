namespace Monarch.Sandbox.GitHub.Wire;

sealed record RateResourcesJson(RateJson Core);
