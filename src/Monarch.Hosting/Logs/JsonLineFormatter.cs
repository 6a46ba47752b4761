using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;

namespace Monarch.Hosting.Logs;

/// <summary>One JSON object in a line, with the names of Serilog's compact format, so that its tools read it.</summary>
sealed class JsonLineFormatter : ITextFormatter
{
    // Log lines are not put into HTML as they are; readable beats over-escaped.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Format(LogEvent logEvent, TextWriter output)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
            Write(json, logEvent);
        output.Write(Encoding.UTF8.GetString(buffer.WrittenSpan));
        output.Write('\n');
    }

    static void Write(Utf8JsonWriter json, LogEvent logEvent)
    {
        json.WriteStartObject();
        json.WriteString("@t", logEvent.Timestamp.UtcDateTime);
        json.WriteString("@l", logEvent.Level.ToString());
        json.WriteString("@m", logEvent.RenderMessage(CultureInfo.InvariantCulture));
        json.WriteString("@mt", logEvent.MessageTemplate.Text);
        if (logEvent.TraceId is { } trace)
            json.WriteString("@tr", trace.ToHexString());
        if (logEvent.SpanId is { } span)
            json.WriteString("@sp", span.ToHexString());
        if (logEvent.Exception is { } exception)
            json.WriteString("@x", exception.ToString());
        foreach (var (name, value) in logEvent.Properties)
        {
            // A doubled @ keeps a property from posing as one of the fields above.
            json.WritePropertyName(name.StartsWith('@') ? "@" + name : name);
            JsonLogValue.Write(json, value);
        }
        json.WriteEndObject();
    }
}
