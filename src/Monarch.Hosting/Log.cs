using Microsoft.Extensions.Logging;

namespace Monarch.Hosting;

static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Listening: API and pages on {WebAddress}, metrics on {MetricsAddress}")]
    public static partial void ListeningWithWeb(ILogger logger, string webAddress, string metricsAddress);

    [LoggerMessage(101, LogLevel.Information, "Listening: metrics on {MetricsAddress}")]
    public static partial void Listening(ILogger logger, string metricsAddress);

    [LoggerMessage(104, LogLevel.Information, "Listening: Usher on {UsherAddress}")]
    public static partial void ListeningWithUsher(ILogger logger, string usherAddress);

    [LoggerMessage(102, LogLevel.Critical, "The host failed")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(103, LogLevel.Debug, "A task failed whose result is not awaited")]
    public static partial void UnobservedFailure(ILogger logger, Exception exception);
}
