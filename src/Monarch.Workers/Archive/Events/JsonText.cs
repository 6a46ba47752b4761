using System.Buffers;
using System.Text.Json;

namespace Monarch.Workers.Archive.Events;

/// <summary>The text of a JSON document. Only whitespace between tokens is ever changed.</summary>
static class JsonText
{
    /// <summary>The maximum nesting of arrays and objects.</summary>
    public const int MaxDepth = 1000;

    // A line end and the indentation of the deepest line.
    static readonly byte[] LineEnd = [(byte)'\n', .. Enumerable.Repeat((byte)' ', 2 * MaxDepth)];
    static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>Strict parsing, without comments and trailing commas.</summary>
    public static JsonReaderOptions Strict => new() { MaxDepth = MaxDepth };

    /// <summary>The document without line ends, which occur only between tokens.</summary>
    public static ReadOnlySpan<byte> OnOneLine(ReadOnlySpan<byte> json)
    {
        if (!json.ContainsAny(LineEnds))
        {
            return json;
        }

        var line = json.ToArray();
        foreach (ref var value in line.AsSpan())
        {
            value = LineEnds.Contains(value) ? (byte)' ' : value;
        }

        return line;
    }

    /// <summary>
    /// The document indented by two spaces, as <c>json.dump(…, indent=2)</c> of Python does; strings and numbers are unchanged.
    /// </summary>
    /// <param name="json">The document.</param>
    /// <param name="longest">The maximum size in bytes.</param>
    /// <returns>The text; null if it would be longer: deep nesting can make it a thousand times as long as the document.</returns>
    public static byte[]? Indented(ReadOnlySpan<byte> json, long longest)
    {
        var length = Write(json, [], longest);
        if (length > longest)
        {
            return null;
        }

        var text = new byte[length];
        Write(json, text, longest);
        return text;
    }

    /// <summary>The document without whitespace between tokens; strings and numbers are unchanged.</summary>
    /// <param name="json">The document.</param>
    /// <param name="maxDepth">The maximum nesting.</param>
    /// <exception cref="JsonException">The document is invalid or too deep.</exception>
    /// <exception cref="InvalidOperationException">A string is not valid text, such as <c>"\ud800"</c>.</exception>
    public static ReadOnlyMemory<byte> Compact(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, new() { MaxDepth = maxDepth });
        var text = new byte[json.Length];
        var length = 0L;
        var last = JsonTokenType.None;
        while (reader.Read())
        {
            if (reader.ValueIsEscaped)
            {
                _ = reader.GetString();
            }

            if (last is JsonTokenType.PropertyName)
            {
                Append(text, ref length, ":"u8);
            }
            else if (
                last is not (JsonTokenType.None or JsonTokenType.StartArray or JsonTokenType.StartObject)
                && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject)
            )
            {
                Append(text, ref length, ","u8);
            }

            AppendToken(text, ref length, ref reader);
            last = reader.TokenType;
        }

        return text.AsMemory(0, (int)length);
    }

    // Only measures the text, up to the maximum, if no buffer is given.
    static long Write(ReadOnlySpan<byte> json, Span<byte> text, long longest)
    {
        var reader = new Utf8JsonReader(json, Strict);
        var length = 0L;
        // The last token: nothing precedes the first element of a container, and an empty container stays on its line.
        var last = JsonTokenType.None;
        while (length <= longest && reader.Read())
        {
            var isEnd = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
            var isAfterStart = last is JsonTokenType.StartArray or JsonTokenType.StartObject;
            if (last is JsonTokenType.PropertyName)
            {
                Append(text, ref length, ": "u8);
            }
            else if (last is not JsonTokenType.None && !(isEnd && isAfterStart))
            {
                if (!isEnd && !isAfterStart)
                {
                    Append(text, ref length, ","u8);
                }

                Append(text, ref length, LineEnd.AsSpan(0, 1 + (2 * reader.CurrentDepth)));
            }

            AppendToken(text, ref length, ref reader);
            last = reader.TokenType;
        }

        return length;
    }

    static void AppendToken(Span<byte> text, ref long length, ref Utf8JsonReader reader)
    {
        var isString = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        if (isString)
        {
            Append(text, ref length, "\""u8);
        }

        Append(text, ref length, reader.ValueSpan);
        if (isString)
        {
            Append(text, ref length, "\""u8);
        }
    }

    static void Append(Span<byte> text, ref long length, ReadOnlySpan<byte> part)
    {
        if (text.Length > 0)
        {
            part.CopyTo(text[(int)length..]);
        }

        length += part.Length;
    }
}
