namespace Monarch.Sandbox.GitHub.Wire;

sealed record BlockJson(string Reason, string CreatedAt, string? HtmlUrl);
