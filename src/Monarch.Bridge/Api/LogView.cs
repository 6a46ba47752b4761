using System.Text.Json;
using Monarch.Hosting.Logging.Store;

namespace Monarch.Bridge.Api;

/// <summary>A line of the log. All text in it is data: it may hold control characters.</summary>
sealed record LogView
{
    /// <summary>Identifies the line.</summary>
    public required string Id { get; init; }

    /// <summary>When it was logged (UTC).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How severe it is.</summary>
    public required string Level { get; init; }

    /// <summary>The role of the process that logged it.</summary>
    public required string Service { get; init; }

    /// <summary>The class that logged it.</summary>
    public string? Source { get; init; }

    /// <summary>The id of the log event.</summary>
    public int? EventId { get; init; }

    /// <summary>What happened.</summary>
    public required string Message { get; init; }

    /// <summary>The exception with its stack.</summary>
    public string? Exception { get; init; }

    /// <summary>The trace.</summary>
    public string? Trace { get; init; }

    /// <summary>The span.</summary>
    public string? Span { get; init; }

    /// <summary>The migration that the line belongs to.</summary>
    public Guid? Migration { get; init; }

    /// <summary>The repositories that the line belongs to.</summary>
    public required IReadOnlyList<string> Repositories { get; init; }

    /// <summary>The other values of the message.</summary>
    public JsonElement? Properties { get; init; }

    /// <summary>The length in characters before truncation; left out when the line is complete.</summary>
    public int? CutFrom { get; init; }

    public static LogView Of(LogLine line) =>
        new()
        {
            Id = line.Id ?? "",
            Time = line.Time,
            Level = line.Level.ToString(),
            Service = line.Service,
            Source = line.Source,
            EventId = line.EventId,
            Message = line.Message,
            Exception = line.Exception,
            Trace = line.Trace,
            Span = line.Span,
            Migration = line.Migration,
            Repositories = line.Repositories,
            Properties = Parse(line.Properties),
            CutFrom = line.CutFrom,
        };

    static JsonElement? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            // Another version wrote it.
            return null;
        }
    }
}
