namespace Monarch.Sandbox.GitHub.Wire;

sealed record RateJson(int Limit, int Remaining, long Reset, int Used, string Resource);
