using Microsoft.Extensions.Logging;

namespace Monarch.Redis.Sagas;

static partial class Log
{
    [LoggerMessage(5, LogLevel.Warning, "Wake-ups cannot be read: {Reason}. Retrying every second.")]
    public static partial void SweepFailed(this ILogger logger, string reason);

    [LoggerMessage(6, LogLevel.Information, "Wake-ups are read again.")]
    public static partial void SweepRecovered(this ILogger logger);

    [LoggerMessage(7, LogLevel.Warning, "Wake-ups cannot be sent: {Reason}. Each is sent again when its lease ends.")]
    public static partial void SendFailed(this ILogger logger, string reason);

    [LoggerMessage(8, LogLevel.Information, "Wake-ups are sent again.")]
    public static partial void SendRecovered(this ILogger logger);

    [LoggerMessage(9, LogLevel.Debug, "Woke {Name} {SagaId}, due at {DueAt}")]
    public static partial void Woken(this ILogger logger, string name, Guid sagaId, DateTimeOffset dueAt);

    [LoggerMessage(10, LogLevel.Information, "Messages in memory were lost when the previous process ended: waking {Count} sagas.")]
    public static partial void WokenAfterRestart(this ILogger logger, int count);
}
