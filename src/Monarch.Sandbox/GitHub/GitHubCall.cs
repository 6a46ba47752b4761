using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>An authenticated request.</summary>
sealed record GitHubCall(HttpRequest Http, Operation Operation, string RequestId)
{
    public required byte[] Body { get; init; }
    public required Caller Caller { get; init; }
    public required string Version { get; init; }

    /// <summary>The base address that the caller used, so that links use the same one.</summary>
    public string BaseUrl => $"{Http.Scheme}://{Http.Host}{GitHubApi.Prefix}";

    public string Documentation => Operation.DocumentationUrl;

    /// <summary>A parameter of the path, by its name in <see cref="GitHubEndpoints"/>.</summary>
    public string this[string name] => (string)Http.RouteValues[name]!;

    public long Long(string name) => long.Parse(this[name], CultureInfo.InvariantCulture);

    /// <summary>A parameter of the path that can contain an escaped slash, which routing leaves escaped.</summary>
    public string Text(string name) => this[name].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public int Number => int.Parse(this["number"], CultureInfo.InvariantCulture);
}
