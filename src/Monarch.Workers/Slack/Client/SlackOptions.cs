using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Slack.Client;

/// <summary>The connection to Slack and its credential.</summary>
sealed class SlackOptions
{
    /// <summary>The bot's token; null or empty disables Slack.</summary>
    [ConfigurationKeyName("SLACK_BOT_TOKEN")]
    public string? BotToken { get; set; }

    /// <summary>The base address of Slack's Web API. Empty means slack.com.</summary>
    [ConfigurationKeyName("SLACK_API_URL")]
    public string ApiUrl { get; set; } = "https://slack.com/api/";

    /// <summary>Seconds for one request; 1 to 600.</summary>
    [ConfigurationKeyName("SLACK_TIMEOUT")]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>Whether a token is configured; without one the client must not be called.</summary>
    [MemberNotNullWhen(true, nameof(BotToken))]
    internal bool IsOn => BotToken is not null;
}
