using System.Text.Json.Serialization;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>What is wrong with a field; the message comes with the code <c>custom</c> alone.</summary>
sealed record ErrorDetailJson(
    string Resource,
    string Code,
    string Field,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null);
