namespace Monarch.Sandbox.GitHub.Wire;

internal sealed record BlockJson(string Reason, string CreatedAt, string? HtmlUrl);
