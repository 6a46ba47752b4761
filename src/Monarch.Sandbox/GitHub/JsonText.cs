using System.Text.Json;

namespace Monarch.Sandbox.GitHub;

/// <summary>Reads the properties of a body, with GitHub's messages about a body that violates its schema.</summary>
static class JsonText
{
    /// <summary>The text of a property; null when it is missing or null.</summary>
    public static string? Of(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The integer of a property; null when it is missing or null.</summary>
    public static long? Integer(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    /// <summary>The error of a missing property; null: none.</summary>
    public static string? Missing(JsonElement json, string name) =>
        json.TryGetProperty(name, out _) ? null : $"\"{name}\" wasn't supplied.";

    /// <summary>The error of a property that must be a string; null: none.</summary>
    public static string? NotText(JsonElement json, string name, bool orNull = false) =>
        !json.TryGetProperty(name, out var value)
        || value.ValueKind == JsonValueKind.String
        || (orNull && value.ValueKind == JsonValueKind.Null)
            ? null
            : Mismatch($"properties/{name}", value, orNull ? "a string or null" : "a string");

    /// <summary>The error of a property that must be an integer; null: none.</summary>
    public static string? NotAnInteger(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) || (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _))
            ? null
            : Mismatch($"properties/{name}", value, "an integer");

    /// <summary>The error of a property that must be an array; null: none.</summary>
    public static string? NotAnArray(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Array
            ? Mismatch($"properties/{name}", value, "an array")
            : null;

    public static string Mismatch(string path, JsonElement value, string expected) =>
        $"For '{path}', {(value.ValueKind == JsonValueKind.Null ? "nil" : value.GetRawText())} is not {expected}.";

    /// <summary>GitHub counts code points, not UTF-16 units: an emoji counts as one.</summary>
    public static int Characters(string text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            if (char.IsLowSurrogate(c))
            {
                count--;
            }
        }

        return count;
    }
}
