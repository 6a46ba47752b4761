using System.Text.Json;

namespace Monarch.Bridge.Intake;

/// <summary>Reads a text of a message. Its language is free, so that joined emoji are allowed; control characters are not.</summary>
static class ForeignText
{
    /// <param name="value">The value.</param>
    /// <param name="field">The field.</param>
    /// <param name="remedy">What to give: "give the title".</param>
    /// <param name="longest">How many characters are allowed.</param>
    /// <param name="faults">Receives its fault.</param>
    /// <returns>The text without blanks around it; null when it is wrong.</returns>
    public static string? Read(JsonElement value, string field, string remedy, int longest, List<RequestFault> faults)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return Refused($"is a JSON {ForeignJson.Kind(value)}, not a text: {remedy}, or leave it out.");
        }

        return ForeignJson.Text(value)?.Trim() switch
        {
            null => Refused(ForeignJson.UnpairedSurrogate),
            "" => Refused($"is empty: {remedy}, or leave it out."),
            { } text when text.EnumerateRunes().Count() is var length && length > longest => Refused(
                $"'{OneLine.Of(text)}' has {length} characters and {longest} are allowed: {remedy}, or leave it out."
            ),
            { } text when text.Any(char.IsControl) => Refused(
                $"'{OneLine.Of(text)}' holds a line break or another control character: {remedy}, or leave it out."
            ),
            var text => text,
        };

        string? Refused(string problem)
        {
            faults.Add(new(field, problem));
            return null;
        }
    }
}
