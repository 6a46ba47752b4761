using System.Collections;
using System.Text;
using RabbitMQ.Client;

namespace Monarch.Workers.Archive.Consuming;

/// <summary>Headers in .NET's types instead of the client's.</summary>
static class HeaderValues
{
    // The maximum nesting of lists and tables; deeper ones are omitted.
    const int Deepest = 16;

    // The end of the year 9999.
    const long LastSecond = 253_402_300_799;

    static readonly Dictionary<string, object?> None = [];

    /// <param name="headers">The headers as the client read them; null means none.</param>
    public static IReadOnlyDictionary<string, object?> Of(IDictionary<string, object?>? headers) =>
        headers is null ? None : Table(headers, 0);

    /// <param name="time">Seconds since 1970, as the publisher gave them.</param>
    /// <returns>The time; null outside of the years 1970 to 9999, as for milliseconds that are interpreted as seconds.</returns>
    public static DateTimeOffset? Time(AmqpTimestamp time) =>
        time.UnixTime is >= 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(time.UnixTime) : null;

    static Dictionary<string, object?> Table(IDictionary<string, object?> table, int depth)
    {
        var values = new Dictionary<string, object?>(table.Count, StringComparer.Ordinal);
        foreach (var (key, value) in table)
        {
            values[key] = Value(value, depth + 1);
        }

        return values;
    }

    static object? Value(object? value, int depth) =>
        value switch
        {
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            BinaryTableValue binary => Encoding.UTF8.GetString(binary.Bytes),
            AmqpTimestamp time => Time(time) is { } moment ? moment : time.UnixTime,
            IDictionary<string, object?> or IList when depth > Deepest => null,
            IDictionary<string, object?> table => Table(table, depth),
            IList list => list.Cast<object?>().Select(item => Value(item, depth + 1)).ToList(),
            _ => value,
        };
}
