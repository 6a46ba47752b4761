using System.Text.Json;

namespace Monarch.Sandbox.GitHub;

/// <summary>What GitHub says about a body that its schema does not allow.</summary>
static class JsonText
{
    /// <summary>What is wrong with a property that must be an array; null: nothing.</summary>
    public static string? NotAnArray(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Array
            ? Wrong($"properties/{name}", value, "an array")
            : null;

    public static string Wrong(string place, JsonElement value, string wanted) =>
        $"For '{place}', {(value.ValueKind == JsonValueKind.Null ? "nil" : value.GetRawText())} is not {wanted}.";
}
