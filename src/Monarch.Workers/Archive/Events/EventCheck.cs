using System.Text.Json;
using System.Text.Unicode;

namespace Monarch.Workers.Archive.Events;

/// <summary>Decides whether a payload can be filed as JSON, and reads its action and entity.</summary>
static class EventCheck
{
    const int LongestName = 64;

    static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Checks a payload.</summary>
    /// <param name="body">The payload.</param>
    /// <param name="maxBytes">The maximum size in bytes.</param>
    public static CheckedEvent Check(ReadOnlySpan<byte> body, int maxBytes)
    {
        if (body.Length == 0)
        {
            return new(Rejection.Empty, "The message is empty.");
        }

        if (body.Length > maxBytes)
        {
            return new(Rejection.TooLarge, $"The message has {body.Length} bytes, more than ARCHIVE_MAX_BYTES, {maxBytes}.");
        }

        if (body.StartsWith(ByteOrderMark))
        {
            return new(Rejection.Encoding, "The message begins with a byte order mark, which JSON does not allow.");
        }

        if (!Utf8.IsValid(body))
        {
            return new(Rejection.Encoding, "The message is not valid UTF-8.");
        }

        try
        {
            return Read(body);
        }
        catch (JsonException exception)
        {
            return new(Rejection.NotJson, $"The message is not valid JSON: {exception.Message}");
        }
    }

    static CheckedEvent Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, JsonText.Strict);
        string? action = null,
            entity = null;
        var isObject = false;
        while (reader.Read())
        {
            isObject |= reader is { CurrentDepth: 0, TokenType: JsonTokenType.StartObject };
            if (!isObject || reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            var (isAction, isEntity) = (IsNamed(ref reader, "action"u8), IsNamed(ref reader, "entity"u8));
            if (
                (isAction || isEntity)
                && reader.Read()
                && reader.TokenType == JsonTokenType.String
                && reader.ValueSpan.Length <= LongestName
            )
            {
                var value = ReadString(ref reader);
                (action, entity) = isAction ? (value, entity) : (action, value);
            }
        }

        return new(null, null, action, entity);
    }

    static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // An escaped lone surrogate is valid JSON but not valid text, so it cannot be counted.
    static string? ReadString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The result of the check of a payload.</summary>
/// <param name="Rejection">Why it cannot be filed; null when it can.</param>
/// <param name="Problem">The reason in words; null when it can be filed.</param>
/// <param name="Action">The text of its member <c>action</c>; null if absent or longer than 64 bytes.</param>
/// <param name="Entity">The text of its member <c>entity</c>; null if absent or longer than 64 bytes.</param>
readonly record struct CheckedEvent(Rejection? Rejection, string? Problem, string? Action = null, string? Entity = null);

/// <summary>Why a message cannot be filed as JSON.</summary>
enum Rejection
{
    /// <summary>It has no payload.</summary>
    Empty,

    /// <summary>It exceeds the maximum size.</summary>
    TooLarge,

    /// <summary>It is not UTF-8, or has a byte order mark.</summary>
    Encoding,

    /// <summary>It is not valid JSON, or nested too deeply.</summary>
    NotJson,
}
