using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Logging.Store;

/// <summary>A line of the log. Its texts are data: they may contain control characters.</summary>
public sealed record LogLine
{
    /// <summary>Identifies a stored line: its day and its position in that day. Null before it is stored.</summary>
    public string? Id { get; init; }

    /// <summary>When it was logged (UTC), to the millisecond.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How severe it is.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The role of the process: <c>bridge</c>, <c>workers</c>, <c>serve</c>, <c>usher</c> or <c>archive</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The class that logged it.</summary>
    public string? Source { get; init; }

    /// <summary>The event id of the log message.</summary>
    public int? EventId { get; init; }

    /// <summary>The rendered message.</summary>
    public required string Message { get; init; }

    /// <summary>The exception with its stack.</summary>
    public string? Exception { get; init; }

    /// <summary>The trace, as 32 hexadecimal digits.</summary>
    public string? Trace { get; init; }

    /// <summary>The span, as 16 hexadecimal digits.</summary>
    public string? Span { get; init; }

    /// <summary>The id of the related migration.</summary>
    public Guid? Migration { get; init; }

    /// <summary>The related repositories, as owner/name.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>The other properties of the message, as a JSON object; null for a line that was cut.</summary>
    public string? Properties { get; init; }

    /// <summary>The number of characters before the line was cut; null for a complete line.</summary>
    public int? CutFrom { get; init; }

    /// <summary>The approximate size in characters.</summary>
    internal int Length => Message.Length + (Exception?.Length ?? 0) + (Properties?.Length ?? 0) + (Source?.Length ?? 0) + 200;
}
