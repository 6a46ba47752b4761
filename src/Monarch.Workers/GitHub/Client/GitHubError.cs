using System.Text.Json;

namespace Monarch.Workers.GitHub.Client;

/// <summary>The body of GitHub's refusals.</summary>
sealed record GitHubError
{
    public string? Message { get; init; }

    public string? DocumentationUrl { get; init; }

    /// <summary>Mostly a list of objects; at times a list of sentences, or one sentence.</summary>
    public JsonElement? Errors { get; init; }
}
