using Microsoft.Extensions.Logging;

namespace Monarch.Workers.Deployments.Running.Output;

static partial class Log
{
    [LoggerMessage(4002, LogLevel.Information, "{Server} (deployment {DeploymentId}): {Line}")]
    public static partial void Output(this ILogger logger, string server, Guid deploymentId, string line);

    [LoggerMessage(
        4003,
        LogLevel.Information,
        "{Server} (deployment {DeploymentId}) has written {Lines} lines; further output is not logged"
    )]
    public static partial void OutputNotLogged(this ILogger logger, string server, Guid deploymentId, int lines);
}
