using System.Globalization;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Monarch.Hosting.Logging.Store;

/// <summary>
/// Maps a line to a stream entry. Every entry has the same fields in the same order, so that Redis stores their names once per block of
/// entries. An absent value is empty.
/// </summary>
static class LogFields
{
    /// <summary>The names, after <see cref="Delay"/>.</summary>
    public static readonly IReadOnlyList<string> Names = ["l", "s", "c", "e", "m", "x", "t", "p", "b", "r", "v", "z"];

    /// <summary>By how many milliseconds the entry's id is ahead of the line's time.</summary>
    public const string Delay = "d";

    public static IEnumerable<RedisValue> Of(LogLine line) =>
        [
            (int)line.Level,
            line.Service,
            Text(line.Source),
            line.EventId ?? RedisValue.EmptyString,
            line.Message,
            Text(line.Exception),
            Text(line.Trace),
            Text(line.Span),
            Text(line.Migration?.ToString("N")),
            string.Join(' ', line.Repositories),
            Text(line.Properties),
            line.CutFrom ?? RedisValue.EmptyString,
        ];

    public static LogLine Read(DateOnly day, StreamEntry entry)
    {
        // By name: another version may have fewer fields, or more.
        var values = entry.Values.ToDictionary(field => (string)field.Name!, field => (string)field.Value!);
        var id = EntryId.Parse((string)entry.Id!);
        return new()
        {
            Id = $"{LogKeys.Text(day)}/{id}",
            Time = DateTimeOffset.FromUnixTimeMilliseconds(id.Milliseconds - (Number(values, Delay) ?? 0)),
            Level = (LogLevel)(Number(values, "l") ?? (int)LogLevel.Information),
            Service = Text(values, "s") ?? "",
            Source = Text(values, "c"),
            EventId = Number(values, "e"),
            Message = Text(values, "m") ?? "",
            Exception = Text(values, "x"),
            Trace = Text(values, "t"),
            Span = Text(values, "p"),
            Migration = Guid.TryParse(Text(values, "b"), out var migration) ? migration : null,
            Repositories = Text(values, "r")?.Split(' ') ?? [],
            Properties = Text(values, "v"),
            CutFrom = Number(values, "z"),
        };
    }

    static string Text(string? value) => value ?? "";

    static string? Text(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    static int? Number(Dictionary<string, string> values, string name) =>
        int.TryParse(Text(values, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
