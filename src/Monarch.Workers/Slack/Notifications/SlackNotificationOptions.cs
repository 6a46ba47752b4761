using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>How often Slack messages are updated.</summary>
sealed class SlackNotificationOptions
{
    /// <summary>The minimum of seconds between two updates of one message.</summary>
    [ConfigurationKeyName("SLACK_UPDATE_INTERVAL"), Range(0.05, 3600)]
    public double UpdateIntervalSeconds { get; set; } = 3;

    internal TimeSpan UpdateInterval => TimeSpan.FromSeconds(UpdateIntervalSeconds);
}
