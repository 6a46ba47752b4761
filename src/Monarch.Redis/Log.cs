using Microsoft.Extensions.Logging;

namespace Monarch.Redis;

static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Redis at {Server} cannot be reached ({Reason}); trying on")]
    public static partial void RedisLost(ILogger logger, string server, string reason);

    [LoggerMessage(2, LogLevel.Information, "Redis at {Server} is there again")]
    public static partial void RedisBack(ILogger logger, string server);

    [LoggerMessage(3, LogLevel.Warning, "Starting without Redis at {Server}: {Reason}")]
    public static partial void RedisNotThereYet(ILogger logger, string server, string reason);

    [LoggerMessage(4, LogLevel.Critical, "Stopping: {Fault}")]
    public static partial void RedisNotFit(ILogger logger, string fault);

    [LoggerMessage(5, LogLevel.Warning, "Wake-ups are not swept ({Reason}); trying on")]
    public static partial void SweepFailed(ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Information, "Wake-ups are swept again")]
    public static partial void SweepBack(ILogger logger);

    [LoggerMessage(7, LogLevel.Warning, "Wake-ups are not sent ({Reason}); each comes again when its lease ends")]
    public static partial void SendFailed(ILogger logger, string reason);

    [LoggerMessage(8, LogLevel.Information, "Wake-ups are sent again")]
    public static partial void SendBack(ILogger logger);

    [LoggerMessage(9, LogLevel.Debug, "Woke {Name} {SagaId}, due at {DueAt}")]
    public static partial void Woken(ILogger logger, string name, Guid sagaId, DateTimeOffset dueAt);

    [LoggerMessage(10, LogLevel.Information, "What was under way when this process ended is lost: {Count} sagas are woken")]
    public static partial void WokenAfterRestart(ILogger logger, int count);

    [LoggerMessage(11, LogLevel.Warning, "Nothing that is published on Redis is heard: {Reason} It is tried again each second")]
    public static partial void Deaf(ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Information, "What is published on Redis is heard; it was not since {Since}")]
    public static partial void Hearing(ILogger logger, DateTimeOffset since);
}
