namespace Monarch.Sandbox.GitHub.Wire;

sealed record AppJson(long Id, string Slug, string Name);
