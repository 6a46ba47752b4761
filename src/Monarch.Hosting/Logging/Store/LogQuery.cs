using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Logging.Store;

/// <summary>Selects lines; a null property matches every line.</summary>
public sealed record LogQuery
{
    /// <summary>The most lines that a page may have.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The earliest time, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The latest time, inclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The lowest level.</summary>
    public LogLevel Level { get; init; } = LogLevel.Trace;

    /// <summary>The service.</summary>
    public string? Service { get; init; }

    /// <summary>The migration.</summary>
    public Guid? Migration { get; init; }

    /// <summary>The repository; the case is ignored.</summary>
    public string? Repository { get; init; }

    /// <summary>The trace.</summary>
    public string? Trace { get; init; }

    /// <summary>A text in the message, the exception or the source; the case is ignored.</summary>
    public string? Text { get; init; }

    /// <summary>The number of lines of a page, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>The end of the previous page; null for the first page.</summary>
    public LogCursor? Cursor { get; init; }

    internal bool Matches(LogLine line) =>
        line.Level >= Level
        && (From is null || line.Time >= From)
        && (To is null || line.Time <= To)
        && (Service is null || string.Equals(line.Service, Service, StringComparison.OrdinalIgnoreCase))
        && (Migration is null || line.Migration == Migration)
        && (Trace is null || string.Equals(line.Trace, Trace, StringComparison.OrdinalIgnoreCase))
        && (Repository is null || line.Repositories.Contains(Repository, StringComparer.OrdinalIgnoreCase))
        && (Text is null || Contains(line.Message) || Contains(line.Exception) || Contains(line.Source));

    bool Contains(string? text) => text?.Contains(Text!, StringComparison.OrdinalIgnoreCase) is true;
}
