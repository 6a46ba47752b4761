namespace Monarch.Workers.Slack.Client;

/// <summary>A posted message, as <c>chat.update</c> wants it named: the channel's id (never its name) and Slack's time stamp.</summary>
sealed record SlackMessage(string ChannelId, string Timestamp);
