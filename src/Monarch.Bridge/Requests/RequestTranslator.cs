using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Monarch.Bridge.Requests;

/// <summary>Understands the Learning Platform's message, or names everything that is wrong with it. Unknown fields are ignored.</summary>
sealed class RequestTranslator(IOptions<RequestOptions> options)
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxTargets = 500;

    const string Source = "source_repo";
    const string Targets = "all_target_repositories";
    const string Channel = "notification_channel";
    const int MaxChannelLength = 80;

    /// <returns>The request, or null and the faults.</returns>
    public (MigrationRequest? Request, IReadOnlyList<string> Faults) Read(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaxBytes)
        {
            return (null, [$"The message has {message.Length} bytes; {MaxBytes} (1 MiB) are allowed. Name fewer targets in one message."]);
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : (null, [$"The message is a JSON {Kind(document.RootElement)}, not an object. Send {{\"{Source}\": …, \"{Targets}\": […]}}."]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, [$"The message is not JSON: {e.Message}"]);
        }
    }

    (MigrationRequest? Request, IReadOnlyList<string> Faults) Read(JsonElement message)
    {
        var faults = new List<string>();
        var source = ReadSource(message, faults);
        var targets = ReadTargets(message, faults);
        var channel = ReadChannel(message, faults);
        if (source is not null && targets.Contains(source))
        {
            faults.Add($"{Targets} names the source itself, {source}: leave it out.");
        }

        return faults.Count == 0 ? (new(source!.ToString(), [.. targets.Select(t => t.ToString())], channel), []) : (null, faults);
    }

    RepositoryName? ReadSource(JsonElement message, List<string> faults)
    {
        if (!message.TryGetProperty(Source, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            faults.Add($"{Source} is missing: give the template repository as owner/name.");
            return null;
        }

        return ReadName(value, Source, faults);
    }

    List<RepositoryName> ReadTargets(JsonElement message, List<string> faults)
    {
        if (!message.TryGetProperty(Targets, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            faults.Add($"{Targets} is missing: give a list of repositories as owner/name.");
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add($"{Targets} is a JSON {Kind(value)}, not a list: put the repositories in square brackets.");
            return [];
        }

        if (value.GetArrayLength() == 0)
        {
            faults.Add($"{Targets} is empty: name at least one repository.");
            return [];
        }

        var targets = new List<RepositoryName>();
        var seen = new HashSet<RepositoryName>();
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (ReadName(element, $"{Targets}[{index++}]", faults) is { } name && seen.Add(name))
            {
                targets.Add(name);
            }
        }

        if (targets.Count > MaxTargets)
        {
            faults.Add($"{Targets} names {targets.Count} repositories; {MaxTargets} are allowed. Send them in several messages.");
        }

        return targets;
    }

    RepositoryName? ReadName(JsonElement value, string field, List<string> faults)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add($"{field} is a JSON {Kind(value)}, not a text: give the repository as \"owner/name\".");
            return null;
        }

        var text = value.GetString()!;
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add($"{field} is empty: give the repository as owner/name.");
            return null;
        }

        if (!RepositoryName.TryParse(text, options.Value.WebHosts(), out var name, out var fault))
        {
            faults.Add($"{field} '{Shown(text)}' {fault}: give the repository as owner/name or by its address on GitHub.");
            return null;
        }

        if (!options.Value.Allows(name.Owner))
        {
            faults.Add($"{field} '{name}' belongs to {name.Owner}, who is not among MONARCH_ALLOWED_OWNERS.");
            return null;
        }

        return name;
    }

    static string? ReadChannel(JsonElement message, List<string> faults)
    {
        if (!message.TryGetProperty(Channel, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add($"{Channel} is a JSON {Kind(value)}, not a text: give the Slack channel's id, or leave the field out.");
            return null;
        }

        var channel = value.GetString()!.Trim();
        if (channel.Length is 0 or > MaxChannelLength || channel.Any(char.IsControl))
        {
            faults.Add($"{Channel} '{Shown(channel)}' is no Slack channel: give the channel's id, such as C06GHMZB3M3, or leave the field out.");
            return null;
        }

        return channel;
    }

    static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "object",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "truth value",
    };

    // What came from outside is shown short and on one line.
    static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 120)))
        {
            shown.Append(char.IsControl(c) ? '?' : c);
        }

        return text.Length > 120 ? $"{shown}…" : shown.ToString();
    }
}
