using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Logging.Store;

static partial class Log
{
    [LoggerMessage(130, LogLevel.Warning, "Log lines are missing in the log store: {Cause} {Remedy} The console has every line.")]
    public static partial void LinesDropped(this ILogger logger, string cause, string remedy);

    [LoggerMessage(131, LogLevel.Information, "Log lines are stored again; {Count} are missing.")]
    public static partial void LinesStoredAgain(this ILogger logger, long count);
}
