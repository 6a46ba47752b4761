namespace Monarch.Workers.GitHub.Client;

/// <summary>The request that creates an issue.</summary>
sealed record NewIssue(string Title, string Body);
