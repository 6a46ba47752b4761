using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's error, with invalid fields, or with the block of a blocked repository.</summary>
sealed record ErrorJson(
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ErrorDetailJson>? Errors,
    string DocumentationUrl,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BlockJson? Block = null
)
{
    public static ErrorJson Of(int status, string message, string documentation) => new(message, null, documentation, $"{status}");
}

/// <summary>The error of a field; only the code <c>custom</c> has a message, and some codes have the value.</summary>
sealed record ErrorDetailJson(
    string Resource,
    string Code,
    string Field,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null
)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Value { get; init; }
}

sealed record BlockJson(string Reason, string CreatedAt, string? HtmlUrl);

/// <summary>The error of an unsupported version, whose <c>errors</c> is a sentence.</summary>
sealed record VersionErrorJson(string Message, string Errors, string DocumentationUrl, string Status);

sealed record RedirectJson(string Message, string Url, string DocumentationUrl);
