using System.Text.Json;

namespace Monarch.Bridge.Intake;

/// <summary>Reads the body of a command, <c>{"reason": "…"}</c>, or names all its faults. Unknown fields are ignored.</summary>
static class ReasonTranslator
{
    public const int MaxBytes = 16 * 1024;
    public const int MaxLength = 300;

    const string Body = "The body";
    const string Reason = "reason";
    const string Example = $"{{\"{Reason}\": \"…\"}}, or no body at all";

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
        var faults = new List<RequestFault>();
        return (LineField.Read(body, Reason, "give the reason", MaxLength, faults), faults);
    }

    static (string? Reason, IReadOnlyList<RequestFault> Faults) Refused(string field, string problem) => (null, [new(field, problem)]);
}
