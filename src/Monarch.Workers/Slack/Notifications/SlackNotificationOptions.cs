using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Slack.Notifications;

/// <summary>How often Slack hears from us.</summary>
sealed class SlackNotificationOptions
{
    /// <summary>Seconds between two updates of one message at least.</summary>
    [ConfigurationKeyName("SLACK_UPDATE_INTERVAL"), Range(0.05, 3600)]
    public double UpdateIntervalSeconds { get; set; } = 3;

    internal TimeSpan UpdateInterval => TimeSpan.FromSeconds(UpdateIntervalSeconds);
}
