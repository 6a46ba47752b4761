using Microsoft.Extensions.Logging;

namespace Monarch.Hosting;

static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Listening: API and pages on {WebAddress}, metrics on {MetricsAddress}")]
    public static partial void ListeningWithWeb(ILogger logger, string webAddress, string metricsAddress);

    [LoggerMessage(101, LogLevel.Information, "Listening: metrics on {MetricsAddress}")]
    public static partial void Listening(ILogger logger, string metricsAddress);

    [LoggerMessage(102, LogLevel.Critical, "The host failed")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(103, LogLevel.Debug, "A task failed and nobody looked at it")]
    public static partial void UnobservedFailure(ILogger logger, Exception exception);

    [LoggerMessage(105, LogLevel.Warning, "The endpoint {Endpoint} does not find back to a broker that can be reached, and is started again")]
    public static partial void EndpointStartedAgain(ILogger logger, string endpoint);
}
