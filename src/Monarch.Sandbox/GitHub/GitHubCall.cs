using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>One request, read.</summary>
sealed record GitHubCall(HttpRequest Http, Route Route, string RequestId)
{
    public required byte[] Body { get; init; }
    public required Caller Caller { get; init; }
    public required string Version { get; init; }

    /// <summary>The base address by which the caller came, so that links lead back by the same one.</summary>
    public string BaseUrl => $"{Http.Scheme}://{Http.Host}{GitHubApi.Prefix}";

    public string Documentation => Route.Operation.DocumentationUrl;
}
