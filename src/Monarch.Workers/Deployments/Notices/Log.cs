using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Deployments.Notices;

static partial class Log
{
    [LoggerMessage(4031, LogLevel.Warning, "Slack refuses a notice of a deployment in channel {Channel}: {Reason}")]
    public static partial void NoticeRefused(this ILogger logger, string channel, string reason);

    [LoggerMessage(4032, LogLevel.Error, "{Count} notices of deployments in channel {Channel} are given up: {Reason}")]
    public static partial void NoticesGivenUp(this ILogger logger, string channel, int count, string reason);
}
