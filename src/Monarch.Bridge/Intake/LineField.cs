using System.Text.Json;

namespace Monarch.Bridge.Intake;

/// <summary>Reads a field that holds one line of text, such as a reason.</summary>
static class LineField
{
    /// <param name="body">The object.</param>
    /// <param name="name">Its name.</param>
    /// <param name="purpose">What to give: "give the reason".</param>
    /// <param name="longest">How many characters are allowed.</param>
    /// <param name="faults">Receives its faults.</param>
    /// <returns>Null when it is left out, empty or wrong.</returns>
    public static string? Read(JsonElement body, string name, string purpose, int longest, List<RequestFault> faults)
    {
        if (!ForeignJson.TryGet(body, name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Refused($"is a JSON {ForeignJson.Kind(value)}, not a text: {purpose} in one line, or leave the field out.");
        }

        return ForeignJson.Text(value)?.Trim() switch
        {
            null => Refused(ForeignJson.UnpairedSurrogate),
            "" => null,
            { } text when text.Length > longest => Refused($"has {text.Length} characters: {longest} are allowed."),
            var text when OneLine.Of(text, longest) != text => Refused(
                $"holds a line break or another character that cannot be seen: {purpose} in one line."
            ),
            var text => text,
        };

        string? Refused(string problem)
        {
            faults.Add(new(name, problem));
            return null;
        }
    }
}
