namespace Monarch.Sandbox.GitHub.Wire;

internal sealed record RateResourcesJson(RateJson Core);
