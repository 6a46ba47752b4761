using System.Buffers;
using System.Text.Json;

namespace Monarch.Workers.Archive.Filing;

/// <summary>The text of a JSON document. Only white space between its parts is ever changed.</summary>
static class JsonText
{
    /// <summary>How deeply arrays and objects may be nested.</summary>
    public const int MostDepth = 1000;

    static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    /// <summary>How JSON is read: strictly, without comments and trailing commas.</summary>
    public static JsonReaderOptions Strict => new() { MaxDepth = MostDepth };

    /// <summary>The document without line ends, which can only stand between its parts.</summary>
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

    /// <summary>The document indented by two spaces, as <c>json.dump(…, indent=2)</c> of Python does; strings and numbers stay as they are written.</summary>
    public static byte[] Indented(ReadOnlySpan<byte> json)
    {
        var text = new ArrayBufferWriter<byte>(json.Length * 2);
        var reader = new Utf8JsonReader(json, Strict);
        // The last token: where a container begins, nothing precedes the first element, and where it ends at once, it stays on its line.
        var last = JsonTokenType.None;
        while (reader.Read())
        {
            var isEnd = reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject;
            var isAfterStart = last is JsonTokenType.StartArray or JsonTokenType.StartObject;
            if (last is JsonTokenType.PropertyName)
            {
                text.Write(": "u8);
            }
            else if (last is not JsonTokenType.None && !(isEnd && isAfterStart))
            {
                if (!isEnd && !isAfterStart)
                {
                    text.Write(","u8);
                }

                EndLine(text, reader.CurrentDepth);
            }

            WriteToken(text, ref reader);
            last = reader.TokenType;
        }

        return text.WrittenSpan.ToArray();
    }

    static void EndLine(ArrayBufferWriter<byte> text, int depth)
    {
        text.Write("\n"u8);
        text.GetSpan(2 * depth)[..(2 * depth)].Fill((byte)' ');
        text.Advance(2 * depth);
    }

    static void WriteToken(ArrayBufferWriter<byte> text, ref Utf8JsonReader reader)
    {
        var isString = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
        if (isString)
        {
            text.Write("\""u8);
        }

        text.Write(reader.ValueSpan);
        if (isString)
        {
            text.Write("\""u8);
        }
    }
}
