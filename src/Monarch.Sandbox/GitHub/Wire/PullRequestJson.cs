namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>What tells a pull request from an issue.</summary>
sealed record PullRequestJson(string Url, string HtmlUrl, string DiffUrl, string PatchUrl, string? MergedAt);
