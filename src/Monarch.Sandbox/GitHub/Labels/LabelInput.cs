using System.Text.Json;
using System.Text.RegularExpressions;
using Monarch.Sandbox.GitHub.Wire;

namespace Monarch.Sandbox.GitHub.Labels;

/// <summary>GitHub's rules for labels.</summary>
static partial class LabelInput
{
    const int MaxName = 50;
    const int MaxDescription = 100;

    /// <summary>The violation of the request's schema; null: none.</summary>
    public static string? Invalid(JsonElement json) =>
        JsonText.Missing(json, "name")
        ?? JsonText.NotText(json, "name")
        ?? JsonText.NotText(json, "color")
        ?? JsonText.NotText(json, "description", orNull: true);

    public static IEnumerable<ErrorDetailJson> Validate(Label label)
    {
        if (ValidateName(label.Name) is { } invalid)
        {
            yield return invalid;
        }

        if (!Color().IsMatch(label.Color))
        {
            yield return new("Label", "invalid", "color");
        }

        if (label.Description is { } description && JsonText.Characters(description) > MaxDescription)
        {
            yield return new("Label", "custom", "description", $"description is too long (maximum is {MaxDescription} characters)");
        }
    }

    /// <summary>The error of a name, also of a label that an issue names; null: none.</summary>
    public static ErrorDetailJson? ValidateName(string name) =>
        string.IsNullOrWhiteSpace(name) ? new("Label", "missing_field", "name")
        : JsonText.Characters(name) > MaxName ? new("Label", "custom", "name", $"name is too long (maximum is {MaxName} characters)")
        : null;

    [GeneratedRegex(@"^[0-9A-Fa-f]{6}\z")]
    private static partial Regex Color();
}
