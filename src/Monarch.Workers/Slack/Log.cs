using Microsoft.Extensions.Logging;
using Monarch.Contracts;

namespace Monarch.Workers.Slack;

static partial class Log
{
    [LoggerMessage(3001, LogLevel.Warning, "A message of migration {BatchId} could not be sent to Slack ({Kind}): {Reason} Retrying")]
    public static partial void SlackDeferred(this ILogger logger, Guid batchId, FailureKind kind, string reason);
}
