using Microsoft.Extensions.Options;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Treats an empty setting, as in a copied <c>.env</c> file, as its default.</summary>
sealed class GitHubOptionsDefaults : IPostConfigureOptions<GitHubOptions>
{
    public void PostConfigure(string? name, GitHubOptions options)
    {
        var defaults = new GitHubOptions();
        options.ApiUrl = string.IsNullOrWhiteSpace(options.ApiUrl) ? defaults.ApiUrl : options.ApiUrl.Trim();
        options.ApiVersion = string.IsNullOrWhiteSpace(options.ApiVersion) ? defaults.ApiVersion : options.ApiVersion.Trim();
    }
}
