using System.Text.Json.Serialization;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's error. It names fields when they are at fault, and a block when the repository is blocked.</summary>
sealed record ErrorJson(
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ErrorDetailJson>? Errors,
    string DocumentationUrl,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] BlockJson? Block = null)
{
    public static ErrorJson Of(int status, string message, string documentation) => new(message, null, documentation, $"{status}");
}
