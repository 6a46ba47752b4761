using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Monarch.Workers.Archive.Events;

namespace Monarch.Workers.Archive.Forwarding;

/// <summary>An event as a CloudEvent 1.0 in structured mode.</summary>
static class ForwardedEvent
{
    const string Json = "application/json";
    const string Bytes = "application/octet-stream";

    // One less than the writer's limit, because the event is nested in the CloudEvent.
    const int MaxDepth = 999;

    static readonly CloudEventAttribute ContentEncoding = CloudEventAttribute.CreateExtension(
        "contentencoding",
        CloudEventAttributeType.String
    );

    /// <summary>Encodes an event. Redeliveries have the same id and bytes.</summary>
    public static ReadOnlyMemory<byte> Of(PublishedEvent published)
    {
        if (!Utf8.IsValid(published.Body.Span) || published.ContentEncoding is not null)
        {
            return Encode(published, published.Body.ToArray(), TypeOfBytes(published.ContentType));
        }

        try
        {
            // Not as a JsonDocument, which needs several times the memory of an event with many small values.
            return Encode(published, new CompactJson(JsonText.Compact(published.Body.Span, MaxDepth)), Json);
        }
        // InvalidOperationException for strings that are not valid text, such as "\ud800".
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Encode(published, published.Body.ToArray(), TypeOfBytes(published.ContentType));
        }
    }

    /// <summary>The publisher's message id; without one, a digest of exchange, key and body.</summary>
    public static string IdOf(PublishedEvent published)
    {
        if (published.MessageId is { } id && IsPlain(id))
        {
            return id;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Encoding.UTF8.GetBytes(published.MessageId ?? ""));
        Add(hash, Encoding.UTF8.GetBytes(published.Exchange));
        Add(hash, Encoding.UTF8.GetBytes(published.RoutingKey));
        Add(hash, published.Body.Span);
        return $"sha256-{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    static ReadOnlyMemory<byte> Encode(PublishedEvent published, object data, string contentType)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, [ContentEncoding])
        {
            Id = IdOf(published),
            Type =
                published.RoutingKey.Length == 0 ? "event"
                : IsPlain(published.RoutingKey) ? published.RoutingKey
                : RoutingKeyText.Of(published.RoutingKey),
            Source = new(published.Exchange.Length == 0 ? "/" : Uri.EscapeDataString(published.Exchange), UriKind.Relative),
            Time = published.SentAt,
            DataContentType = contentType,
            Data = data,
        };
        if (published.ContentEncoding is { } encoding && IsPlain(encoding))
        {
            cloudEvent[ContentEncoding] = encoding;
        }

        return new Formatter().EncodeStructuredModeMessage(cloudEvent, out _);
    }

    // A JSON content type would write invalid JSON as JSON.
    static string TypeOfBytes(string? contentType) =>
        contentType is not null
        && MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType is { } name
        && !name.EndsWith("json", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            ? name
            : Bytes;

    // CloudEvents allow neither control characters nor lone surrogates in attributes.
    static bool IsPlain(string text) =>
        text.EnumerateRunes().All(rune => !Rune.IsControl(rune) && rune != Rune.ReplacementChar && !IsNoncharacter(rune));

    static bool IsNoncharacter(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, part.Length);
        hash.AppendData(length);
        hash.AppendData(part);
    }

    // Writes JSON unchanged.
    sealed class Formatter : JsonEventFormatter
    {
        protected override void EncodeStructuredModeData(CloudEvent cloudEvent, Utf8JsonWriter writer)
        {
            if (cloudEvent.Data is not CompactJson json)
            {
                base.EncodeStructuredModeData(cloudEvent, writer);
                return;
            }

            writer.WritePropertyName("data");
            writer.WriteRawValue(json.Text.Span, skipInputValidation: true);
        }
    }

    sealed record CompactJson(ReadOnlyMemory<byte> Text);
}
