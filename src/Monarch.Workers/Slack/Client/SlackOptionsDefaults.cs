using Microsoft.Extensions.Options;

namespace Monarch.Workers.Slack.Client;

/// <summary>Replaces empty settings, as in a copied <c>.env</c> file, by their defaults.</summary>
sealed class SlackOptionsDefaults : IPostConfigureOptions<SlackOptions>
{
    public void PostConfigure(string? name, SlackOptions options)
    {
        options.ApiUrl = string.IsNullOrWhiteSpace(options.ApiUrl) ? new SlackOptions().ApiUrl : options.ApiUrl.Trim();
        options.BotToken = string.IsNullOrWhiteSpace(options.BotToken) ? null : options.BotToken.Trim();
    }
}
