using System.Text.Json;

namespace Monarch.Bridge.Requests;

/// <summary>Understands the body of a command, <c>{"reason": "…"}</c>, or names everything that is wrong with it. Unknown fields are ignored.</summary>
static class ReasonTranslator
{
    public const int MaxBytes = 16 * 1024;

    const string Body = "The body";
    const string Reason = "reason";
    const string Example = $"{{\"{Reason}\": \"…\"}}, or no body at all";
    const int MaxLength = 300;

    /// <returns>The reason, null when none is given; or faults.</returns>
    public static (string? Reason, IReadOnlyList<RequestFault> Faults) Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return (null, []);
        }

        if (body.Length > MaxBytes)
        {
            return Refused(Body, $"has more than {MaxBytes} bytes (16 KiB): send {Example}.");
        }

        if (ForeignJson.FaultOf(body.Span, Example) is { } fault)
        {
            return Refused(Body, fault);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : Refused(Body, $"is a JSON {ForeignJson.Kind(document.RootElement)}, not an object: send {Example}.");
        }
        catch (JsonException e)
        {
            return Refused(Body, $"cannot be read as JSON: {e.Message}");
        }
    }

    static (string? Reason, IReadOnlyList<RequestFault> Faults) Read(JsonElement body)
    {
        if (!body.TryGetProperty(Reason, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return (null, []);
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Refused(Reason, $"is a JSON {ForeignJson.Kind(value)}, not a text: say why in one line, or leave the field out.");
        }

        return ForeignJson.Text(value)?.Trim() switch
        {
            null => Refused(Reason, ForeignJson.HalfACharacter),
            "" => (null, []),
            { Length: > MaxLength } reason => Refused(Reason, $"has {reason.Length} characters: {MaxLength} are allowed."),
            var reason when OneLine.Of(reason, MaxLength) != reason => Refused(Reason, "holds a line break or another character that cannot be seen: say why in one line."),
            var reason => (reason, []),
        };
    }

    static (string? Reason, IReadOnlyList<RequestFault> Faults) Refused(string field, string problem) => (null, [new(field, problem)]);
}
