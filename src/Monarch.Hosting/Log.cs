using System.Net;
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

    [LoggerMessage(
        105,
        LogLevel.Warning,
        "{Signal} are not pushed to {Endpoint}: {Cause}. They are dropped; nothing else is affected. Check that the collector runs and accepts them (OTEL_METRICS_EXPORTER=none pushes no metrics), and check OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL"
    )]
    public static partial void CollectorUnreachable(ILogger logger, string signal, string endpoint, string cause);

    [LoggerMessage(
        110,
        LogLevel.Warning,
        "The heartbeat of {ProcessName} ({Role}) is missed, the last one is {Seconds:0} seconds old: the process hangs, was killed, or cannot reach Redis. Check its log, and restart it if it does not recover."
    )]
    public static partial void HeartbeatMissed(ILogger logger, string processName, string role, double seconds);

    [LoggerMessage(
        111,
        LogLevel.Warning,
        "The heartbeat of this process is written again; the last one was {Seconds:0} seconds ago. The process was suspended, or could not reach Redis."
    )]
    public static partial void HeartbeatResumed(ILogger logger, double seconds);

    [LoggerMessage(
        112,
        LogLevel.Warning,
        "{Figures} cannot be read: {Reason}. Their gauges are absent meanwhile. Retrying at each heartbeat."
    )]
    public static partial void FiguresNotRead(ILogger logger, string figures, string reason);

    [LoggerMessage(
        113,
        LogLevel.Critical,
        "The process hangs: {Reason} for {Seconds:0} seconds. Attempted: {Tried}. The process exits with code 70 after {Longest:0} seconds, to be restarted."
    )]
    public static partial void Hangs(ILogger logger, string reason, double seconds, string tried, double longest);

    [LoggerMessage(114, LogLevel.Warning, "The process has recovered; it hung for {Seconds:0} seconds: {Reason}.")]
    public static partial void HangEnded(ILogger logger, double seconds, string reason);

    [LoggerMessage(
        115,
        LogLevel.Critical,
        "The process exits with code 70, because it hung for {Seconds:0} seconds: {Reason}. State in Redis continues in another process or after the restart; without Redis, running migrations are lost. If this happens often, find out what blocks its threads, or raise MONARCH_WATCHDOG."
    )]
    public static partial void EndedByWatchdog(ILogger logger, double seconds, string reason);

    [LoggerMessage(116, LogLevel.Error, "RabbitMQ refuses the connection: {Reason} Retrying.")]
    public static partial void BrokerRefuses(ILogger logger, string reason);

    [LoggerMessage(
        117,
        LogLevel.Warning,
        "RabbitMQ accepts no messages: {Reason}. Messages wait to be sent. Free memory or disk space on the broker; sending then resumes automatically."
    )]
    public static partial void BrokerBlocks(ILogger logger, string reason);

    [LoggerMessage(118, LogLevel.Information, "RabbitMQ accepts messages again")]
    public static partial void BrokerUnblocks(ILogger logger);

    [LoggerMessage(119, LogLevel.Information, "{KeyName} signed in to the pages from {Address}")]
    public static partial void SignedIn(ILogger logger, string keyName, IPAddress address);

    [LoggerMessage(120, LogLevel.Warning, "A sign-in to the pages from {Address} was refused: the key is not known")]
    public static partial void SignInRefused(ILogger logger, IPAddress address);

    [LoggerMessage(103, LogLevel.Debug, "A task that is not awaited failed")]
    public static partial void UnobservedFailure(ILogger logger, Exception exception);
}
