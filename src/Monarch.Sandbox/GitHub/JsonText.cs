using System.Text.Json;

namespace Monarch.Sandbox.GitHub;

/// <summary>GitHub's messages about a body that violates its schema.</summary>
static class JsonText
{
    /// <summary>The error of a property that must be an array; null: none.</summary>
    public static string? NotAnArray(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Array
            ? Mismatch($"properties/{name}", value, "an array")
            : null;

    public static string Mismatch(string path, JsonElement value, string expected) =>
        $"For '{path}', {(value.ValueKind == JsonValueKind.Null ? "nil" : value.GetRawText())} is not {expected}.";
}
