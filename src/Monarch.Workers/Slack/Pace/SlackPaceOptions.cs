using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace Monarch.Workers.Slack.Pace;

/// <summary>How fast all workers together call Slack.</summary>
sealed class SlackPaceOptions
{
    /// <summary>Seconds between two messages in one channel; Slack allows one a second. 0 sets no pace.</summary>
    [ConfigurationKeyName("SLACK_MESSAGE_INTERVAL"), Range(0, 3600)]
    public double MessageIntervalSeconds { get; set; } = 1.1;

    /// <summary>Updates of messages in a minute; Slack allows 50 in a workspace. 0 sets no pace.</summary>
    [ConfigurationKeyName("SLACK_UPDATES_PER_MINUTE"), Range(0, 100_000)]
    public int UpdatesPerMinute { get; set; } = 45;
}
