using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Archive;

static partial class Log
{
    [LoggerMessage(620, LogLevel.Information, "Filing events in {Folder}, layout {Layout}.")]
    public static partial void ArchiveOpened(this ILogger logger, string folder, string layout);

    [LoggerMessage(621, LogLevel.Error,
        "Filing has stopped: {Reason}. Messages stay in the queue. Filing continues without a restart when the folder can be written and has free space.")]
    public static partial void FilingStopped(this ILogger logger, string reason);

    [LoggerMessage(622, LogLevel.Information, "Filing continues.")]
    public static partial void FilingContinues(this ILogger logger);

    [LoggerMessage(623, LogLevel.Error, "Filing has failed unexpectedly. It is tried again each second.")]
    public static partial void FilingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(624, LogLevel.Warning, "A message cannot be filed as JSON and is in rejected/: {File}, routing key {RoutingKey}, message id {MessageId}.")]
    public static partial void EventRejected(this ILogger logger, string routingKey, string? messageId, string file);

    [LoggerMessage(625, LogLevel.Warning, "Old ids of messages cannot be removed: {Reason}. It is tried again in an hour.")]
    public static partial void IdsNotRemoved(this ILogger logger, string reason);
}
