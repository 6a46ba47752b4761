using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>The body of an error response of GitHub.</summary>
sealed record GitHubError
{
    public string? Message { get; init; }

    public string? DocumentationUrl { get; init; }

    /// <summary>Usually a list of objects; sometimes a list of strings, or one string.</summary>
    public JsonElement? Errors { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(GitHubError))]
sealed partial class GitHubErrorJson : JsonSerializerContext;
