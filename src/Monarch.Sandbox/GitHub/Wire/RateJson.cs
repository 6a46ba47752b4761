namespace Monarch.Sandbox.GitHub.Wire;

internal sealed record RateJson(int Limit, int Remaining, long Reset, int Used, string Resource);
