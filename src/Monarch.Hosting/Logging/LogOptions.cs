using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Logging;

/// <summary>The level of the log, and its format on the console.</summary>
sealed class LogOptions
{
    public const string LevelKey = "MONARCH_LOG_LEVEL";
    public const string FormatKey = "MONARCH_LOG_FORMAT";

    /// <summary>The lowest level that is logged; frameworks are never logged below Warning.</summary>
    [ConfigurationKeyName(LevelKey)]
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>JSON lines or text; null means text on a terminal and JSON elsewhere.</summary>
    [ConfigurationKeyName(FormatKey)]
    public LogFormat? Format { get; set; }

    /// <summary>Reads the valid values only: logging starts before the settings are checked.</summary>
    public static LogOptions Read(IConfiguration configuration) =>
        new()
        {
            Level = Enum.TryParse<LogLevel>(configuration[LevelKey], ignoreCase: true, out var level) ? level : LogLevel.Information,
            Format = Enum.TryParse<LogFormat>(configuration[FormatKey], ignoreCase: true, out var format) ? format : null,
        };
}

enum LogFormat
{
    /// <summary>One JSON object per line.</summary>
    Json,

    /// <summary>Text for people.</summary>
    Text,
}
