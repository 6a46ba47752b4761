using System.Text.Json;

namespace Monarch.Workers.Archive.Reading;

/// <summary>The fields of JSON that the archive has written: a segment's line, or the reason of a rejection.</summary>
sealed class TopLevelFields
{
    Field _next;

    enum Field
    {
        None,
        Time,
        RoutingKey,
        Event,
        Reason,
        Bytes,
    }

    /// <summary>When the event was received; null if missing or invalid.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>The routing key of the event; null if missing or not a string.</summary>
    public string? RoutingKey { get; private set; }

    /// <summary>Whether there is an event, with any value.</summary>
    public bool HasEvent { get; private set; }

    /// <summary>Whether there is a reason.</summary>
    public bool HasReason { get; private set; }

    /// <summary>The length of the rejected body; null if missing or not a number.</summary>
    public long? Bytes { get; private set; }

    /// <summary>Resets all fields.</summary>
    public void Clear()
    {
        _next = Field.None;
        (Time, RoutingKey, HasEvent, HasReason, Bytes) = (null, null, false, false, null);
    }

    /// <summary>Reads a token.</summary>
    public void Take(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth != 1)
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _next =
                reader.ValueTextEquals("time"u8) ? Field.Time
                : reader.ValueTextEquals("routingKey"u8) ? Field.RoutingKey
                : reader.ValueTextEquals("event"u8) ? Field.Event
                : reader.ValueTextEquals("reason"u8) ? Field.Reason
                : reader.ValueTextEquals("bytes"u8) ? Field.Bytes
                : Field.None;
            return;
        }

        switch (_next)
        {
            case Field.Time when reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time):
                Time = time;
                break;
            case Field.RoutingKey when reader.TokenType == JsonTokenType.String:
                RoutingKey = reader.GetString();
                break;
            case Field.Event:
                HasEvent = true;
                break;
            case Field.Reason:
                HasReason |= reader.TokenType == JsonTokenType.String;
                break;
            case Field.Bytes when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var bytes):
                Bytes = bytes;
                break;
            default:
                break;
        }

        _next = Field.None;
    }
}
