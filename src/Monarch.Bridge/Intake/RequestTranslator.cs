using System.Text.Json;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Telemetry;
using Monarch.Redis.Sagas;

namespace Monarch.Bridge.Intake;

/// <summary>Reads the Learning Platform's message, or names all its faults. Unknown fields are ignored.</summary>
sealed class RequestTranslator(IOptions<RequestOptions> options, BridgeInstruments? instruments = null, TimeProvider? time = null)
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxTargets = 500;

    public const string Source = "source_repo";
    public const string Targets = "all_target_repositories";
    public const string Channel = "notification_channel";
    public const string Recreate = "recreate";

    const string Message = "The message";
    const string Example = $"{{\"{Source}\": …, \"{Targets}\": […]}}";
    const int MaxChannelLength = 80;
    const int MaxFaults = 100;

    readonly IReadOnlyList<string> _hosts = options.Value.WebHosts();

    /// <returns>The request, or null and the faults.</returns>
    public (MigrationRequest? Request, IReadOnlyList<RequestFault> Faults) Read(ReadOnlyMemory<byte> message)
    {
        if (message.Length > MaxBytes)
        {
            return Refused($"has more than {MaxBytes} bytes (1 MiB): name fewer targets in one message.");
        }

        if (ForeignJson.FaultOf(message.Span, Example) is { } fault)
        {
            return Refused(fault);
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : Refused($"is a JSON {ForeignJson.Kind(document.RootElement)}, not an object: send {Example}.");
        }
        catch (JsonException e)
        {
            return Refused($"cannot be read as JSON: {e.Message}");
        }
    }

    static (MigrationRequest?, IReadOnlyList<RequestFault>) Refused(string problem) => (null, [new(Message, problem)]);

    (MigrationRequest? Request, IReadOnlyList<RequestFault> Faults) Read(JsonElement message)
    {
        var faults = new List<RequestFault>();
        var source = ReadSource(message, faults);
        var targets = ReadTargets(message, faults);
        var channel = ReadChannel(message, faults);
        var recreate = ReadFlag(message, Recreate, "to create deleted copies again", faults);
        RefuseDryRun(message, faults);
        var copy = CopyOptionsReader.Read(message, (time ?? TimeProvider.System).GetUtcNow(), faults);
        if (source is not null && targets.Contains(source))
        {
            faults.Add(new(Targets, $"names the source itself, {source}: leave it out."));
        }

        return faults.Count == 0
            ? (
                new(source!.ToString(), [.. targets.Select(t => t.ToString())], channel, recreate)
                {
                    Copy = copy,
                    TraceParent = ReadTrace(message),
                },
                []
            )
            : (null, Limited(faults));
    }

    static List<RequestFault> Limited(List<RequestFault> faults) =>
        faults.Count > MaxFaults ? [.. faults.Take(MaxFaults), new(Message, $"has {faults.Count - MaxFaults} more faults.")] : faults;

    RepositoryName? ReadSource(JsonElement message, List<RequestFault> faults)
    {
        if (!ForeignJson.TryGet(message, Source, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            faults.Add(new(Source, "is missing: give the template repository as owner/name."));
            return null;
        }

        return ReadName(value, Source, faults);
    }

    List<RepositoryName> ReadTargets(JsonElement message, List<RequestFault> faults)
    {
        if (!ForeignJson.TryGet(message, Targets, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            faults.Add(new(Targets, "is missing: give a list of repositories as owner/name."));
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new(Targets, $"is a JSON {ForeignJson.Kind(value)}, not a list: put the repositories in square brackets."));
            return [];
        }

        if (value.GetArrayLength() == 0)
        {
            faults.Add(new(Targets, "is empty: name at least one repository."));
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
            faults.Add(new(Targets, $"names {targets.Count} repositories; {MaxTargets} are allowed. Send them in several messages."));
        }

        return targets;
    }

    RepositoryName? ReadName(JsonElement value, string field, List<RequestFault> faults)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(new(field, $"is a JSON {ForeignJson.Kind(value)}, not a text: give the repository as \"owner/name\"."));
            return null;
        }

        if (ForeignJson.Text(value) is not { } text)
        {
            faults.Add(new(field, ForeignJson.UnpairedSurrogate));
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(new(field, $"is empty: give the repository as owner/name."));
            return null;
        }

        if (!RepositoryName.TryParse(text, _hosts, out var name, out var fault))
        {
            faults.Add(new(field, $"'{OneLine.Of(text)}' {fault}: give the repository as owner/name or by its address on GitHub."));
            return null;
        }

        if (!options.Value.Allows(name.Owner))
        {
            faults.Add(new(field, $"'{name}' belongs to {name.Owner}, who is not among MONARCH_ALLOWED_OWNERS."));
            return null;
        }

        return name;
    }

    static string? ReadChannel(JsonElement message, List<RequestFault> faults)
    {
        if (!ForeignJson.TryGet(message, Channel, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(
                new(Channel, $"is a JSON {ForeignJson.Kind(value)}, not a text: give the Slack channel's id, or leave the field out.")
            );
            return null;
        }

        if (ForeignJson.Text(value)?.Trim() is not { } channel)
        {
            faults.Add(new(Channel, ForeignJson.UnpairedSurrogate));
            return null;
        }

        // A blank field of a form.
        if (channel.Length == 0)
        {
            return null;
        }

        if (channel.Length > MaxChannelLength || channel.Any(char.IsControl))
        {
            faults.Add(
                new(
                    Channel,
                    $"'{OneLine.Of(channel)}' is not a Slack channel: give the channel's id, such as C06GHMZB3M3, or leave the field out."
                )
            );
            return null;
        }

        return channel;
    }

    // The migration does not depend on it: a malformed trace is counted, and a new one begins here.
    string? ReadTrace(JsonElement message)
    {
        if (!ForeignJson.TryGet(message, TraceParent.Header, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && ForeignJson.Text(value) is { } text && TraceParent.Of(text) != default)
        {
            return text;
        }

        instruments?.TraceParentMalformed();
        return null;
    }

    // It is a parameter of the request over HTTP. Other unknown fields are ignored, but who sends this one expects that nothing is created.
    static void RefuseDryRun(JsonElement message, List<RequestFault> faults)
    {
        foreach (var name in new[] { "dry_run", "dryRun" })
        {
            if (ForeignJson.TryGet(message, name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
            {
                faults.Add(new(name, "is not a field of the message: send the message with POST /api/migrations?dryRun=true."));
            }
        }
    }

    static bool ReadFlag(JsonElement message, string name, string purpose, List<RequestFault> faults)
    {
        if (!ForeignJson.TryGet(message, name, out var value) || value.ValueKind is JsonValueKind.Null or JsonValueKind.False)
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.True)
        {
            faults.Add(new(name, $"is a JSON {ForeignJson.Kind(value)}, not a boolean: give true {purpose}, or leave the field out."));
        }

        return true;
    }
}
