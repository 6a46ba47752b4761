using System.Globalization;
using System.Text.Json;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Deployments;

namespace Monarch.Bridge.Deployments;

/// <summary>Reads the body of a command to a server, or names all its faults. Unknown fields are refused.</summary>
static class SteeringTranslator
{
    public const int MaxBytes = 16 * 1024;

    const string Body = "The body";
    const string Reason = "reason";
    const string Actor = "actor";
    const string Until = "until";
    const string Minutes = "minutes";
    const string Issues = "issues";
    const string DefaultActor = "API";
    const string OrUntilResumed = "or leave it out to hold the server until it is resumed.";
    static readonly string[] Fields = [Actor, Reason, Until, Minutes, Issues];
    const int MaxActorLength = 100;
    const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    const double LongestHoldMinutes = 366 * 24 * 60;
    const string Example = $"{{\"{Reason}\": \"…\", \"{Actor}\": \"…\"}}, or no body at all";

    /// <param name="kind">The command.</param>
    /// <param name="project">The project of the server.</param>
    /// <param name="body">The body.</param>
    /// <param name="now">The time of the command (UTC).</param>
    /// <returns>The request, or null and the faults.</returns>
    public static (SteeringRequest? Request, IReadOnlyList<RequestFault> Faults) Read(
        SteeringKind kind,
        string project,
        ReadOnlyMemory<byte> body,
        DateTimeOffset now
    )
    {
        if (body.IsEmpty)
        {
            return (new(DefaultActor, null, null, null, null), []);
        }

        if (body.Length > MaxBytes)
        {
            return Refused($"has more than {MaxBytes} bytes (16 KiB): send {Example}.");
        }

        if (ForeignJson.FaultOf(body.Span, Example) is { } fault)
        {
            return Refused(fault);
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(kind, project, document.RootElement, now)
                : Refused($"is a JSON {ForeignJson.Kind(document.RootElement)}, not an object: send {Example}.");
        }
        catch (JsonException e)
        {
            return Refused($"cannot be read as JSON: {e.Message}");
        }
    }

    static (SteeringRequest?, IReadOnlyList<RequestFault>) Read(SteeringKind kind, string project, JsonElement body, DateTimeOffset now)
    {
        var faults = new List<RequestFault>();
        // A misspelled "issues" would drop them all.
        faults.AddRange(
            body.EnumerateObject()
                .Select(ForeignJson.Name)
                .Where(field => !Fields.Contains(field, StringComparer.Ordinal))
                .Select(field => new RequestFault(
                    Body,
                    $"has a field '{OneLine.Of(field)}', which is unknown: the fields are {string.Join(", ", Fields)}."
                ))
        );
        var (until, length) = ReadEnd(kind, body, now, faults);
        var request = new SteeringRequest(
            LineField.Read(body, Actor, "give the name", MaxActorLength, faults) ?? DefaultActor,
            LineField.Read(body, Reason, "give the reason", ReasonTranslator.MaxLength, faults),
            until,
            length,
            ReadIssues(kind, project, body, faults)
        );
        return faults.Count == 0 ? (request, []) : (null, faults);
    }

    // An older worker reads only the end.
    static (DateTimeOffset? Until, TimeSpan? Length) ReadEnd(
        SteeringKind kind,
        JsonElement body,
        DateTimeOffset now,
        List<RequestFault> faults
    )
    {
        var (hasTime, hasMinutes) = (Has(body, Until, out var time), Has(body, Minutes, out var minutes));
        var field = hasTime ? Until : Minutes;
        if (!hasTime && !hasMinutes)
        {
            return (null, null);
        }

        if (kind != SteeringKind.Hold)
        {
            return Refused("sets the end of a hold: leave it out of other commands.");
        }

        if (hasTime && hasMinutes)
        {
            return Refused($"and {Minutes} are both given: leave one out.");
        }

        if (hasMinutes)
        {
            return minutes.ValueKind == JsonValueKind.Number && minutes.GetDouble() is > 0 and <= LongestHoldMinutes and var length
                ? (now.AddMinutes(length), TimeSpan.FromMinutes(length))
                : Refused($"is not a number of minutes from 0 to {LongestHoldMinutes} (a year): give one, {OrUntilResumed}");
        }

        // Without an offset it is UTC.
        if (
            time.ValueKind != JsonValueKind.String
            || !time.TryGetDateTimeOffset(out _)
            || !DateTimeOffset.TryParse(time.GetString(), CultureInfo.InvariantCulture, Utc, out var until)
        )
        {
            return Refused($"is not a time: give one such as 2026-03-10T18:00:00Z, {OrUntilResumed}");
        }

        return until > now ? (until, null) : Refused($"is in the past: give a later time, {OrUntilResumed}");

        (DateTimeOffset?, TimeSpan?) Refused(string problem)
        {
            faults.Add(new(field, problem));
            return (null, null);
        }
    }

    static List<int>? ReadIssues(SteeringKind kind, string project, JsonElement body, List<RequestFault> faults)
    {
        if (!Has(body, Issues, out var issues))
        {
            return null;
        }

        if (kind != SteeringKind.Drop)
        {
            faults.Add(new(Issues, "lists the issues to drop: leave it out of other commands."));
            return null;
        }

        if (issues.ValueKind != JsonValueKind.Array || issues.GetArrayLength() == 0)
        {
            faults.Add(new(Issues, $"is not a list of ids: give the issues to drop, such as [\"{project}-1\"], or leave it out for all."));
            return null;
        }

        var numbers = new List<int>();
        foreach (var issue in issues.EnumerateArray())
        {
            var text = issue.ValueKind == JsonValueKind.String ? ForeignJson.Text(issue) : null;
            if (IssueId.TryParse(text, out var named, out var number) && named == project)
            {
                numbers.Add(number);
            }
            else
            {
                var shown = OneLine.Of(text ?? issue.GetRawText());
                faults.Add(new(Issues, $"holds '{shown}', which is not the id of an issue of {project}, such as {project}-1."));
            }
        }

        return [.. numbers.Distinct().Order()];
    }

    static bool Has(JsonElement body, string name, out JsonElement value) =>
        ForeignJson.TryGet(body, name, out value) && value.ValueKind != JsonValueKind.Null;

    static (SteeringRequest?, IReadOnlyList<RequestFault>) Refused(string problem) => (null, [new(Body, problem)]);
}

/// <summary>The content of a command to a server.</summary>
/// <param name="Actor">The caller.</param>
/// <param name="Reason">The reason, in one line; null when none is given.</param>
/// <param name="Until">The end of a hold (UTC); null means until it is resumed.</param>
/// <param name="HoldFor">The length of a hold, when it was given instead of its end.</param>
/// <param name="Issues">The numbers of the issues to remove; null means all.</param>
sealed record SteeringRequest(string Actor, string? Reason, DateTimeOffset? Until, TimeSpan? HoldFor, IReadOnlyList<int>? Issues);
