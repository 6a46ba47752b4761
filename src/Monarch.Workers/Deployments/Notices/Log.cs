using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Deployments.Notices;

static partial class Log
{
    [LoggerMessage(4031, LogLevel.Warning, "Slack refused a deployment notice in channel {Channel}: {Reason}")]
    public static partial void NoticeRefused(this ILogger logger, string channel, string reason);

    [LoggerMessage(4032, LogLevel.Error, "{Count} deployment notices in channel {Channel} were dropped: {Reason}")]
    public static partial void NoticesGivenUp(this ILogger logger, string channel, int count, string reason);
}
