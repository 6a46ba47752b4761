using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Monarch.Workers.Archive.Events;
using Monarch.Workers.Archive.Settings;

namespace Monarch.Workers.Archive.Filing;

/// <summary>Checks an event and prepares the content of its file.</summary>
sealed class EventPreparation(IOptions<ArchiveOptions> options, TimeProvider time)
{
    static readonly JsonWriterOptions ReasonFormat = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Few events become four times as long by indenting. A higher factor for all events in flight would need too much memory.
    const int MaxGrowth = 8;
    const int AlwaysAllowed = 4096;

    /// <summary>Prepares an event. It never throws, because the message would be redelivered forever.</summary>
    public PendingEvent Prepare(PublishedEvent published)
    {
        var check = Check(published.Body.Span);
        return new(published)
        {
            Check = check,
            Digest = MessageDigest.Of(published),
            Content = options.Value.Pretty && check.Rejection is null ? Indented(published.Body) : published.Body,
            Reason = check.Problem is { } problem ? DescribeRejection(published, problem) : null,
        };
    }

    CheckedEvent Check(ReadOnlySpan<byte> body)
    {
        try
        {
            return EventCheck.Check(body, options.Value.MaxBytes);
        }
        catch (Exception exception)
        {
            return new(Rejection.NotJson, $"The message could not be checked: {exception.GetType().Name}: {exception.Message}");
        }
    }

    // Unchanged if the text would be too long.
    ReadOnlyMemory<byte> Indented(ReadOnlyMemory<byte> body) =>
        JsonText.Indented(body.Span, Math.Min(options.Value.MaxBytes, AlwaysAllowed + ((long)MaxGrowth * body.Length))) ?? body;

    byte[] DescribeRejection(PublishedEvent published, string problem)
    {
        try
        {
            return Describe(published, problem);
        }
        catch (Exception exception)
        {
            return Describe(
                published with
                {
                    Headers = new Dictionary<string, object?>(),
                },
                $"{problem} The headers are omitted: {exception.Message}"
            );
        }
    }

    byte[] Describe(PublishedEvent published, string problem)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, ReasonFormat))
        {
            json.WriteStartObject();
            json.WriteString("reason", problem);
            json.WriteString("receivedAt", time.GetUtcNow());
            json.WriteString("exchange", published.Exchange);
            json.WriteString("routingKey", published.RoutingKey);
            json.WriteString("messageId", published.MessageId);
            json.WriteString("contentType", published.ContentType);
            json.WriteString("contentEncoding", published.ContentEncoding);
            json.WriteString("appId", published.AppId);
            if (published.SentAt is { } sent)
            {
                json.WriteString("sentAt", sent);
            }
            else
            {
                json.WriteNull("sentAt");
            }

            json.WriteNumber("bytes", published.Body.Length);
            json.WritePropertyName("headers");
            WriteValue(json, published.Headers);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal:
                json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{value}"));
                break;
            case double or float when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset at:
                json.WriteStringValue(at);
                break;
            case IReadOnlyDictionary<string, object?> table:
                json.WriteStartObject();
                foreach (var (name, member) in table)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, member);
                }

                json.WriteEndObject();
                break;
            case IEnumerable<object?> list:
                json.WriteStartArray();
                foreach (var element in list)
                {
                    WriteValue(json, element);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
