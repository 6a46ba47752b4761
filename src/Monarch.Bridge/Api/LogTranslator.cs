using System.Globalization;
using Microsoft.Extensions.Logging;
using Monarch.Bridge.Intake;
using Monarch.Hosting.Logging.Store;

namespace Monarch.Bridge.Api;

/// <summary>Reads the parameters of a log search and names each fault.</summary>
sealed class LogTranslator
{
    const int MaxTextLength = 200;
    const int MaxServiceLength = 50;
    const int TraceLength = 32;

    static readonly string[] Days = ["yyyy-MM-dd"];
    static readonly string[] Times =
    [
        .. from separator in new[] { "'T'", " " }
        from time in new[] { "HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF" }
        from zone in new[] { "", "K" }
        select $"yyyy-MM-dd{separator}{time}{zone}",
    ];

    static readonly Dictionary<string, LogLevel> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogLevel.Trace,
        ["verbose"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["information"] = LogLevel.Information,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["warn"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["critical"] = LogLevel.Critical,
        ["fatal"] = LogLevel.Critical,
    };

    readonly List<RequestFault> _faults = [];

    /// <returns>The query, or null and the faults; and the requested limit.</returns>
    public static (LogQuery? Query, long? Limit, IReadOnlyList<RequestFault> Faults) Read(
        LogParameters given,
        long maxLimit = LogQuery.MaxLimit
    )
    {
        var reader = new LogTranslator();
        var limit = reader.Limit(given.Limit, maxLimit);
        var query = reader.Query(given, limit);
        return (reader._faults.Count == 0 ? query : null, limit, reader._faults);
    }

    LogQuery Query(LogParameters given, long? limit) =>
        new()
        {
            From = Time("from", given.From, "start_time", given.StartTime, isEnd: false),
            To = Time("to", given.To, "end_time", given.EndTime, isEnd: true),
            Level = Level(given.Level) ?? LogLevel.Trace,
            Service = Checked("service", given.Service, IsService, "is not the name of a service: GET /api/services lists them."),
            Migration = Checked("migration", given.Migration, x => Guid.TryParse(x, out _), "is not the id of a migration.") is { } id
                ? Guid.Parse(id)
                : null,
            Repository = Checked("repository", given.Repository, IsRepository, "is not a repository: give owner/name."),
            Trace = Checked("trace", given.Trace, IsTrace, $"is not the id of a trace: give {TraceLength} hexadecimal digits."),
            Text = Checked(
                "text",
                given.Text,
                x => x.Length <= MaxTextLength,
                $"is longer than {MaxTextLength} characters: search for less."
            ),
            Cursor = Checked("cursor", given.Cursor, x => LogCursor.Parse(x) is not null, "is not the cursor of a page.") is { } cursor
                ? LogCursor.Parse(cursor)
                : null,
            Limit = limit is { } count ? (int)Math.Clamp(count, 1, LogQuery.MaxLimit) : new LogQuery().Limit,
        };

    static bool IsService(string text) => text.Length <= MaxServiceLength && text.All(char.IsAsciiLetterOrDigit);

    static bool IsRepository(string text) => text.Length <= MaxTextLength && text.Split('/') is [{ Length: > 0 }, { Length: > 0 }];

    static bool IsTrace(string text) => text.Length == TraceLength && text.All(char.IsAsciiHexDigit);

    DateTimeOffset? Time(string name, string? text, string formerName, string? formerText, bool isEnd)
    {
        if (!string.IsNullOrEmpty(text) && !string.IsNullOrEmpty(formerText))
        {
            _faults.Add(
                new(name, $"is '{Shown(text)}', and {formerName} is '{Shown(formerText)}', which is the same parameter: give one of them.")
            );
            return null;
        }

        (name, text) = string.IsNullOrEmpty(text) ? (formerName, formerText) : (name, text);
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, Days, CultureInfo.InvariantCulture, Utc, out var day))
        {
            return isEnd ? day.AddMilliseconds(TimeSpan.MillisecondsPerDay - 1) : day;
        }

        // A plus sign that was not encoded arrives as a space.
        if (
            DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, Utc, out var time)
            || DateTimeOffset.TryParseExact(text.Replace(' ', '+'), Times, CultureInfo.InvariantCulture, Utc, out time)
        )
        {
            return time;
        }

        Fault(name, text, "is not a time: write it as 2026-11-28, 2026-11-28T14:30 or 2026-11-28T14:30:00Z.");
        return null;
    }

    LogLevel? Level(string? text) =>
        Checked("level", text, Levels.ContainsKey, "is not a level: give trace, debug, information, warning, error or critical.")
            is { } level
            ? Levels[level]
            : null;

    long? Limit(string? text, long maxLimit) =>
        Checked(
            "limit",
            text,
            x => long.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= maxLimit,
            $"is not a number of lines: give 1 to {maxLimit}."
        )
            is { } limit
            ? long.Parse(limit, CultureInfo.InvariantCulture)
            : null;

    /// <returns>The text; null when it is not given, or wrong.</returns>
    string? Checked(string name, string? text, Func<string, bool> isRight, string problem)
    {
        if (string.IsNullOrEmpty(text) || isRight(text))
        {
            return string.IsNullOrEmpty(text) ? null : text;
        }

        Fault(name, text, problem);
        return null;
    }

    void Fault(string name, string text, string problem) => _faults.Add(new(name, $"is '{Shown(text)}', which {problem}"));

    static string Shown(string text) => text.Length > 60 ? $"{text[..60]}…" : text;
}
