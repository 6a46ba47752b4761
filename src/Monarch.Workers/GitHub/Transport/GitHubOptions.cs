using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Address, version and time limit of GitHub's API.</summary>
sealed class GitHubOptions
{
    public const string PublicApiUrl = "https://api.github.com";

    /// <summary>The API's base address; on an Enterprise Server <c>https://host/api/v3</c>. Empty means github.com.</summary>
    [ConfigurationKeyName("GITHUB_API_URL")]
    public string ApiUrl { get; set; } = PublicApiUrl;

    /// <summary>The version of the API, a date. Every Enterprise Server with versioning supports the default.</summary>
    [ConfigurationKeyName("GITHUB_API_VERSION")]
    public string ApiVersion { get; set; } = "2022-11-28";

    /// <summary>Seconds for one request, including its answer; 1 to 600.</summary>
    [ConfigurationKeyName("GITHUB_TIMEOUT")]
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>The time limit of one request, including its answer.</summary>
    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>Covers the time between the ledger's answer and the request, and clock drift.</summary>
    internal TimeSpan Margin => Timeout / 4;

    /// <summary>The lifetime of an intent: the time limit of the request with a margin before and after it.</summary>
    internal TimeSpan IntentLifetime => Timeout + (Margin * 2);
}
