using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Slack.Notifications;

static partial class Log
{
    [LoggerMessage(3002, LogLevel.Error, "Slack updates of migration {BatchId} in channel {Channel} have stopped: {Reason}")]
    public static partial void NotificationGivenUp(this ILogger logger, Guid batchId, string channel, string reason);

    [LoggerMessage(
        3003,
        LogLevel.Warning,
        "Slack refused the message of migration {BatchId} in channel {Channel}: {Reason} The summary is still attempted"
    )]
    public static partial void MessageRefused(this ILogger logger, Guid batchId, string channel, string reason);

    [LoggerMessage(
        3004,
        LogLevel.Warning,
        "Slack refused a text of migration {BatchId} in channel {Channel} with {Length} characters: {Reason} It is shortened, or omitted "
            + "if it is already short"
    )]
    public static partial void TextRefused(this ILogger logger, Guid batchId, string channel, int length, string reason);
}
