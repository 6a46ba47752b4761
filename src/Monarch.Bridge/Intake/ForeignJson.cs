using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Monarch.Bridge.Intake;

/// <summary>Reads JSON from outside, independent of its schema.</summary>
static class ForeignJson
{
    static readonly SearchValues<byte> FormName = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.%"u8
    );

    public const string UnpairedSurrogate = @"holds an unpaired surrogate: an escape such as \ud800 without its other half.";

    /// <summary>Why these bytes cannot be JSON; null when they may be.</summary>
    /// <param name="message">The bytes.</param>
    /// <param name="example">What was expected.</param>
    public static string? FaultOf(ReadOnlySpan<byte> message, string example) =>
        message switch
        {
            { IsEmpty: true } => $"is empty: send {example}.",
            [0xEF, 0xBB, 0xBF, ..] => "begins with a byte order mark, which JSON does not allow: leave it out.",
            _ when IsForm(message) => $"cannot be read as JSON, it is a form: send {example}.",
            _ when !Utf8.IsValid(message) => "is not UTF-8, which JSON has to be.",
            _ => null,
        };

    // name=value&…: no JSON has an equals sign after its first letters.
    static bool IsForm(ReadOnlySpan<byte> message) =>
        message.IndexOfAny("={[\""u8) is > 0 and var first && message[first] == '=' && message[..first].IndexOfAnyExcept(FormName) < 0;

    public static string Kind(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => "list",
            JsonValueKind.Object => "object",
            JsonValueKind.String => "text",
            JsonValueKind.Number => "number",
            JsonValueKind.Null => "null",
            _ => "boolean",
        };

    /// <summary>
    /// A member of an object; of several of that name the last. Use it in place of
    /// <see cref="JsonElement.TryGetProperty(string, out JsonElement)"/>,
    /// which fails when the name of any member holds an unpaired surrogate.
    /// </summary>
    public static bool TryGet(JsonElement value, string name, out JsonElement member)
    {
        try
        {
            return value.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            var found = value.EnumerateObject().LastOrDefault(field => Name(field) == name);
            member = found.Value;
            return member.ValueKind != JsonValueKind.Undefined;
        }
    }

    /// <returns>The raw name when it holds an unpaired surrogate.</returns>
    public static string Name(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(field));
        }
    }

    /// <returns>Null when it holds an unpaired surrogate.</returns>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
