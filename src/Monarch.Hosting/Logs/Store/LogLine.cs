using Microsoft.Extensions.Logging;

namespace Monarch.Hosting.Logs.Store;

/// <summary>A line of the log. All text in it is data: it may hold control characters.</summary>
public sealed record LogLine
{
    /// <summary>Identifies a stored line: its day and its place in that day. Null before it is stored.</summary>
    public string? Id { get; init; }

    /// <summary>When it was logged (UTC), to the millisecond.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How severe it is.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The role of the process: <c>bridge</c>, <c>workers</c>, <c>serve</c>, <c>usher</c> or <c>archive</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The class that logged it.</summary>
    public string? Source { get; init; }

    /// <summary>The number of the log message's kind.</summary>
    public int? EventId { get; init; }

    /// <summary>What happened.</summary>
    public required string Message { get; init; }

    /// <summary>The exception with its stack.</summary>
    public string? Exception { get; init; }

    /// <summary>The trace, as 32 hexadecimal digits.</summary>
    public string? Trace { get; init; }

    /// <summary>The span, as 16 hexadecimal digits.</summary>
    public string? Span { get; init; }

    /// <summary>The migration that it is about.</summary>
    public Guid? Migration { get; init; }

    /// <summary>The repositories that it is about, as owner/name.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>The other values of its message, as a JSON object; left out of a line that was cut.</summary>
    public string? Properties { get; init; }

    /// <summary>The characters that the line had before it was cut; null for one that is whole.</summary>
    public int? CutFrom { get; init; }

    /// <summary>About how much memory it takes.</summary>
    internal int Length => Message.Length + (Exception?.Length ?? 0) + (Properties?.Length ?? 0) + (Source?.Length ?? 0) + 200;
}
