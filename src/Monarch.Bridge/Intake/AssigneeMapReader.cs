using System.Text.Json;

namespace Monarch.Bridge.Intake;

/// <summary>Reads the assignees of the source with their logins in the targets.</summary>
static class AssigneeMapReader
{
    const int MaxEntries = 500;
    const string Field = RequestFields.Assignees;

    /// <returns>Null when there are none.</returns>
    public static IReadOnlyDictionary<string, string>? Read(JsonElement message, List<RequestFault> faults)
    {
        if (!ForeignJson.TryGet(message, Field, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(
                new(
                    Field,
                    $"is a JSON {ForeignJson.Kind(value)}, not an object: "
                        + "give {\"login in the source\": \"login in the targets\"}, or leave it out."
                )
            );
            return null;
        }

        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in value.EnumerateObject())
        {
            if (ProblemOf(entry, map) is { } problem)
            {
                faults.Add(new(Field, problem));
            }
        }

        if (map.Count > MaxEntries)
        {
            faults.Add(new(Field, $"has {map.Count} entries and {MaxEntries} are allowed: leave out logins that are assigned nowhere."));
        }

        return map.Count == 0 ? null : map;
    }

    static string? ProblemOf(JsonProperty entry, Dictionary<string, string> map)
    {
        var source = ForeignJson.Name(entry).Trim();
        if (!Login.IsValidAssignee(source))
        {
            return $"names '{OneLine.Of(source)}', which GitHub would not accept as a login ({Login.Rule}): correct it, or leave it out.";
        }

        if (entry.Value.ValueKind != JsonValueKind.String)
        {
            return $"maps '{source}' to a JSON {ForeignJson.Kind(entry.Value)}, not a text: give the login in the targets.";
        }

        var target = ForeignJson.Text(entry.Value)?.Trim();
        if (target is null || !Login.IsValidAssignee(target))
        {
            return $"maps '{source}' to '{OneLine.Of(target ?? entry.Value.GetRawText())}', which GitHub would not accept as a login "
                + $"({Login.Rule}): give the login in the targets.";
        }

        return map.TryAdd(source, target) ? null : $"names '{source}' twice, and logins ignore case: leave one of them out.";
    }
}
