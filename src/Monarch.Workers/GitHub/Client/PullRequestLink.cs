namespace Monarch.Workers.GitHub.Client;

/// <summary>What makes an issue a pull request.</summary>
sealed record PullRequestLink
{
    public string? HtmlUrl { get; init; }
}
