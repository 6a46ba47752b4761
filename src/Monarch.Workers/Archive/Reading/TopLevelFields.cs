using System.Text.Json;

namespace Monarch.Workers.Archive.Reading;

/// <summary>What the archive reads of the JSON that it has written itself: a segment's line, or the reason of a rejection.</summary>
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

    /// <summary>When the event was received; null where the field is missing or no time.</summary>
    public DateTimeOffset? Time { get; private set; }

    /// <summary>The key that it was published with; null where the field is missing or no string.</summary>
    public string? RoutingKey { get; private set; }

    /// <summary>Whether there is an event, of any value.</summary>
    public bool HasEvent { get; private set; }

    /// <summary>Whether there is a reason.</summary>
    public bool HasReason { get; private set; }

    /// <summary>The length of the rejected body; null where the field is missing or no number.</summary>
    public long? Bytes { get; private set; }

    /// <summary>Forgets what was read.</summary>
    public void Clear()
    {
        _next = Field.None;
        (Time, RoutingKey, HasEvent, HasReason, Bytes) = (null, null, false, false, null);
    }

    /// <summary>Looks at a token.</summary>
    public void Take(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth != 1)
        {
            return;
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _next = reader.ValueTextEquals("time"u8) ? Field.Time
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
