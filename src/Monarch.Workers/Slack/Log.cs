using Microsoft.Extensions.Logging;
using Monarch.Contracts;

namespace Monarch.Workers.Slack;

static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "Slack did not take a message of batch {BatchId}, {Kind}: {Reason} It is tried again")]
    public static partial void SlackDeferred(this ILogger logger, Guid batchId, FailureKind kind, string reason);

    [LoggerMessage(3002, LogLevel.Error, "Slack is not told any more of batch {BatchId} in channel {Channel}: {Reason} {Remedy}")]
    public static partial void NotificationGivenUp(this ILogger logger, Guid batchId, string channel, string reason, string? remedy);

    [LoggerMessage(3003, LogLevel.Warning, "Slack refuses the message of batch {BatchId} in channel {Channel}: {Reason} {Remedy} The summary is tried all the same")]
    public static partial void MessageRefused(this ILogger logger, Guid batchId, string channel, string reason, string? remedy);
}
