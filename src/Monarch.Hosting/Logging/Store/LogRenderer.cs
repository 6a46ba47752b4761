using System.Text;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace Monarch.Hosting.Logging.Store;

/// <summary>Renders a log event for the store: without secrets, and not longer than <see cref="MaxLength"/>.</summary>
sealed class LogRenderer(Redaction redaction)
{
    /// <summary>The most characters of a line's message and exception together.</summary>
    public const int MaxLength = 16 * 1024;

    const int MaxNameLength = 200;

    static readonly MessageTemplateTextFormatter Message = new("{Message:l}");
    static readonly JsonValueFormatter Json = new(typeTagName: null);

    /// <summary>The properties that identify a migration.</summary>
    static readonly string[] MigrationNames = ["MigrationId", "BatchId"];

    static readonly string[] RepositoryNames = ["Repository", "Source", "Target", "SourceRepository", "TargetRepository"];

    // Properties with their own field, and properties of ASP.NET Core's scopes.
    static readonly HashSet<string> Known =
    [
        .. MigrationNames,
        "Service",
        "SourceContext",
        "EventId",
        "SpanId",
        "TraceId",
        "ParentId",
        "ConnectionId",
    ];

    public LogLine Render(LogEvent logEvent)
    {
        var properties = logEvent.Properties;
        var message = redaction.Apply(Text(logEvent));
        var exception = logEvent.Exception is { } thrown ? redaction.Apply(thrown.ToString()) : null;
        var length = message.Length + (exception?.Length ?? 0);
        var isCut = length > MaxLength;
        message = Cut(message, MaxLength);
        var rest = properties.Where(property => !Known.Contains(property.Key)).ToList();
        var json = isCut || rest.Count == 0 ? null : redaction.Apply(Object(rest));
        if (json?.Length > MaxLength)
        {
            (length, isCut, json) = (length + json.Length, true, null);
        }

        return new()
        {
            Time = logEvent.Timestamp,
            Level = LevelConvert.ToExtensionsLevel(logEvent.Level),
            Service = Scalar(properties, "Service") ?? "",
            Source = Scalar(properties, "SourceContext") is { } source ? Cut(redaction.Apply(source), MaxNameLength) : null,
            EventId = EventId(properties),
            Message = message,
            Exception = exception is null ? null : Cut(exception, MaxLength - message.Length),
            Trace = logEvent.TraceId?.ToHexString(),
            Span = logEvent.SpanId?.ToHexString(),
            Migration = MigrationNames.Select(name => Id(properties, name)).FirstOrDefault(id => id is not null),
            Repositories =
            [
                .. RepositoryNames
                    .Select(name => Scalar(properties, name))
                    .OfType<string>()
                    .Select(redaction.Apply)
                    .Where(IsRepository)
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ],
            Properties = json,
            CutFrom = isCut ? length : null,
        };
    }

    static string Text(LogEvent logEvent)
    {
        using var writer = new StringWriter();
        Message.Format(logEvent, writer);
        return writer.ToString();
    }

    static string Object(IEnumerable<KeyValuePair<string, LogEventPropertyValue>> properties)
    {
        using var writer = new StringWriter(new StringBuilder(256));
        var delimiter = '{';
        foreach (var (name, value) in properties)
        {
            writer.Write(delimiter);
            JsonValueFormatter.WriteQuotedJsonString(name, writer);
            writer.Write(':');
            Json.Format(value, writer);
            delimiter = ',';
        }

        writer.Write('}');
        return writer.ToString();
    }

    static string? Scalar(IReadOnlyDictionary<string, LogEventPropertyValue> properties, string name) =>
        properties.GetValueOrDefault(name) is ScalarValue { Value: string value } ? value : null;

    static Guid? Id(IReadOnlyDictionary<string, LogEventPropertyValue> properties, string name) =>
        properties.GetValueOrDefault(name) is not ScalarValue { Value: { } value } ? null
        : value is Guid id ? id
        : value is string text && Guid.TryParse(text, out var parsed) ? parsed
        : null;

    static int? EventId(IReadOnlyDictionary<string, LogEventPropertyValue> properties) =>
        properties.GetValueOrDefault("EventId") is StructureValue id
        && id.Properties.FirstOrDefault(property => property.Name == "Id")?.Value is ScalarValue { Value: int number }
            ? number
            : null;

    // owner/name; a source may also be another kind of name.
    static bool IsRepository(string text) =>
        text.Length <= MaxNameLength
        && text.Split('/') is [{ Length: > 0 }, { Length: > 0 }]
        && text.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '/' or '-' or '_' or '.');

    static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
