using Microsoft.Extensions.Logging;

namespace Monarch.Redis.Connection;

static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Redis at {Server} is unavailable: {Reason}. Retrying until it recovers.")]
    public static partial void RedisLost(this ILogger logger, string server, string reason);

    [LoggerMessage(2, LogLevel.Information, "Redis at {Server} is available again.")]
    public static partial void RedisRecovered(this ILogger logger, string server);

    [LoggerMessage(3, LogLevel.Warning, "Starting without Redis at {Server}: {Reason}")]
    public static partial void RedisUnavailableAtStart(this ILogger logger, string server, string reason);

    [LoggerMessage(11, LogLevel.Warning, "The Redis subscription is not receiving messages: {Reason} Retrying every second.")]
    public static partial void SubscriptionLost(this ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Information, "The Redis subscription receives messages again; it was lost at {Since}.")]
    public static partial void SubscriptionRecovered(this ILogger logger, DateTimeOffset since);

    [LoggerMessage(
        13,
        LogLevel.Warning,
        "Issues may be created twice after a failover of Redis at {Server}: it has {Replicas} replicas, and without "
            + "min-replicas-to-write a master that is cut off from them still accepts writes. Set it on the servers, or set VALKEY_WAIT_REPLICAS."
    )]
    public static partial void MayDiverge(this ILogger logger, string server, int replicas);
}
