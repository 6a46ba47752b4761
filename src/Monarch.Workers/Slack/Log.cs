using Microsoft.Extensions.Logging;
using Monarch.Contracts;

namespace Monarch.Workers.Slack;

static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "Slack did not take a message of batch {BatchId}, {Kind}: {Reason} It is tried again")]
    public static partial void SlackDeferred(this ILogger logger, Guid batchId, FailureKind kind, string reason);
}
