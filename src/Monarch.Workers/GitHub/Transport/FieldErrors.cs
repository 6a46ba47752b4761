using System.Text.Json;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>Renders GitHub's field errors: <c>{"field":"title","code":"missing_field"}</c> becomes "title is missing".</summary>
static class FieldErrors
{
    public static IEnumerable<string> Describe(JsonElement? errors) =>
        errors switch
        {
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(Describe).OfType<string>(),
            { ValueKind: not JsonValueKind.Null } one when Describe(one) is { } text => [text],
            _ => [],
        };

    static string? Describe(JsonElement error)
    {
        if (error.ValueKind == JsonValueKind.String)
        {
            return error.GetString();
        }

        if (error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (Text(error, "message") is { } message)
        {
            return message;
        }

        var subject = Text(error, "field") ?? Text(error, "resource") ?? "the issue";
        return Text(error, "code") switch
        {
            "missing" => $"{subject} does not exist",
            "missing_field" => $"{subject} is missing",
            "already_exists" => $"{subject} already exists",
            "unprocessable" or "invalid" or null => $"{subject} is not valid",
            { } code => $"{subject}: {code}",
        };
    }

    static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
