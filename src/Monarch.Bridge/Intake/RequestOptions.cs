using Microsoft.Extensions.Configuration;

namespace Monarch.Bridge.Intake;

/// <summary>Which repositories may be named.</summary>
sealed class RequestOptions
{
    /// <summary>The owners whose repositories may be named, as source and as target, separated by commas; empty means any.</summary>
    [ConfigurationKeyName("MONARCH_ALLOWED_OWNERS")]
    public string? AllowedOwners { get; set; }

    /// <summary>GitHub's API; its host determines which web addresses are accepted.</summary>
    [ConfigurationKeyName("GITHUB_API_URL")]
    public string? GitHubApiUrl { get; set; }

    /// <summary>Whether repositories of any owner may be named.</summary>
    public bool AllowsAnyOwner => Owners.Length == 0;

    string[] Owners => (AllowedOwners ?? "").Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public bool Allows(string owner) =>
        Owners is var owners && (owners.Length == 0 || owners.Contains(owner, StringComparer.OrdinalIgnoreCase));

    /// <summary>github.com, unless the API is an Enterprise Server's: then that server.</summary>
    public IReadOnlyList<string> WebHosts() =>
        Uri.TryCreate(GitHubApiUrl, UriKind.Absolute, out var api) && !api.IsLoopback && api.Host != "api.github.com"
            ? [api.Authority.StartsWith("api.", StringComparison.OrdinalIgnoreCase) ? api.Authority[4..] : api.Authority]
            : ["github.com", "www.github.com"];
}
