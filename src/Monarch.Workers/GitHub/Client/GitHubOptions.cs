using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.GitHub.Client;

/// <summary>How to reach GitHub.</summary>
sealed class GitHubOptions
{
    public const string PublicApiUrl = "https://api.github.com";

    /// <summary>The API's base address; on an Enterprise Server <c>https://host/api/v3</c>. Empty means github.com.</summary>
    [ConfigurationKeyName("GITHUB_API_URL")]
    public string ApiUrl { get; set; } = PublicApiUrl;

    /// <summary>The version of the API, which is a date. Every Enterprise Server that knows versions knows the default.</summary>
    [ConfigurationKeyName("GITHUB_API_VERSION")]
    public string ApiVersion { get; set; } = "2022-11-28";

    /// <summary>Seconds for one request, until its whole answer is read; 1 to 600.</summary>
    [ConfigurationKeyName("GITHUB_TIMEOUT")]
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>The time for one request, until its whole answer is read.</summary>
    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>For what lies between the ledger's answer and a create, and for clocks that run differently.</summary>
    internal TimeSpan Margin => Timeout / 4;

    /// <summary>How long the intent to create an issue lives: the request, with a margin before it and one after it.</summary>
    internal TimeSpan IntentLifetime => Timeout + (Margin * 2);
}
