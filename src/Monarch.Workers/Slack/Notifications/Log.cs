using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Slack.Notifications;

static partial class Log
{
    [LoggerMessage(3002, LogLevel.Error, "Slack updates of batch {BatchId} in channel {Channel} have stopped: {Reason}")]
    public static partial void NotificationGivenUp(this ILogger logger, Guid batchId, string channel, string reason);

    [LoggerMessage(3003, LogLevel.Warning, "Slack refuses the message of batch {BatchId} in channel {Channel}: {Reason} The summary is tried all the same")]
    public static partial void MessageRefused(this ILogger logger, Guid batchId, string channel, string reason);

    [LoggerMessage(3004, LogLevel.Warning, "Slack refuses a text of batch {BatchId} in channel {Channel} with {Length} characters: {Reason} It is shortened, or left out where it is short already")]
    public static partial void TextRefused(this ILogger logger, Guid batchId, string channel, int length, string reason);
}
