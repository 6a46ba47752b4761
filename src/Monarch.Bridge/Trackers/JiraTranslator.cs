using System.Globalization;
using System.Text.Json;
using Monarch.Bridge.Deployments;
using Monarch.Bridge.Intake;
using Monarch.Contracts.Deployments;
using Monarch.Hosting.Settings;

namespace Monarch.Bridge.Trackers;

/// <summary>
/// Reads deliveries of Jira: its webhook (Cloud, and all versions of Data Center), and the issues that its automation sends. Everything
/// except moves of issues of a configured project to a status with a server is ignored.
/// </summary>
sealed class JiraTranslator(JiraStatuses statuses, DeploymentServers servers)
{
    public const int MaxBytes = 1024 * 1024;

    const string Updated = "jira:issue_updated";
    const string Status = "status";

    /// <summary>The maximum age of a move; Jira gives up sooner.</summary>
    static readonly TimeSpan Oldest = TimeSpan.FromHours(24);

    /// <param name="delivery">The body.</param>
    /// <param name="receivedAt">When it was received (UTC).</param>
    public JiraReading Read(ReadOnlyMemory<byte> delivery, DateTimeOffset receivedAt)
    {
        if (ForeignJson.FaultOf(delivery.Span, "the JSON of Jira") is { } fault)
        {
            return JiraReading.Unreadable($"The body {fault}");
        }

        try
        {
            using var document = JsonDocument.Parse(delivery);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, receivedAt)
                : JiraReading.Unreadable($"The body is a JSON {ForeignJson.Kind(document.RootElement)}, not an object.");
        }
        catch (JsonException e)
        {
            return JiraReading.Unreadable($"The body cannot be read as JSON: {e.Message}");
        }
    }

    JiraReading Read(JsonElement delivery, DateTimeOffset receivedAt)
    {
        var at = TimeOf(delivery);
        if (receivedAt - at > Oldest)
        {
            return JiraReading.Ignored("It is older than a day.");
        }

        at = at <= receivedAt ? at : null;
        if (!ForeignJson.TryGet(delivery, "webhookEvent", out var name))
        {
            return ReadIssues(delivery, at);
        }

        if (Text(name) != Updated)
        {
            return JiraReading.Ignored("It is another event.");
        }

        if (StatusChange(delivery) is not { } change)
        {
            return JiraReading.Ignored("The status was not changed.");
        }

        return Read(Member(delivery, "issue"), statuses.Find(Text(Member(change, "to")), Text(Member(change, "toString"))), at);
    }

    // An automation sends the current state of an issue.
    JiraReading ReadIssues(JsonElement delivery, DateTimeOffset? at)
    {
        List<JsonElement> issues = Member(delivery, "issues") is { ValueKind: JsonValueKind.Array } several
            ? [.. several.EnumerateArray()]
            : [Member(delivery, "issue") is { ValueKind: JsonValueKind.Object } one ? one : delivery];
        var readings = issues
            .Select(issue =>
            {
                var status = Member(Member(issue, "fields"), Status);
                return Read(issue, statuses.Find(Text(Member(status, "id")), Text(Member(status, "name"))), at);
            })
            .ToList();
        var moves = readings.SelectMany(reading => reading.Moves).ToList();
        return moves.Count > 0 ? new(moves) : readings.FirstOrDefault() ?? JiraReading.Ignored("It contains no issue.");
    }

    JiraReading Read(JsonElement issue, IssueStatus? status, DateTimeOffset? at)
    {
        if (!IssueId.TryParse(Text(Member(issue, "key")), out var project, out var number))
        {
            return JiraReading.Ignored("It contains no issue with a key.");
        }

        if (status is not { } moved)
        {
            return JiraReading.Ignored("The status has no server.");
        }

        return servers.Knows(project) ? new([new(project, number, moved, at)]) : JiraReading.Ignored("The project is not configured.");
    }

    // A field of a team's own may be called Status too; older versions name no ids.
    static JsonElement? StatusChange(JsonElement delivery)
    {
        if (Member(Member(delivery, "changelog"), "items") is not { ValueKind: JsonValueKind.Array } items)
        {
            return null;
        }

        return items.EnumerateArray().Where(IsStatus).Select(item => (JsonElement?)item).LastOrDefault();

        static bool IsStatus(JsonElement item) =>
            Text(Member(item, "fieldId")) is { } id
                ? id == Status
                : Text(Member(item, "field")) == Status && Text(Member(item, "fieldtype")) != "custom";
    }

    static DateTimeOffset? TimeOf(JsonElement delivery) =>
        long.TryParse(Text(Member(delivery, "timestamp")), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && ForeignJson.TryGet(value, name, out var member) ? member : default;

    // Ids are strings in a webhook and numbers in an automation.
    static string? Text(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => ForeignJson.Text(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
}

/// <summary>The content of a delivery of Jira.</summary>
/// <param name="Moves">The moves in it; empty when it is ignored, or cannot be read.</param>
/// <param name="Reason">Why it is ignored; null otherwise.</param>
/// <param name="Fault">Why it cannot be read; null otherwise.</param>
sealed record JiraReading(IReadOnlyList<Move> Moves, string? Reason = null, string? Fault = null)
{
    public static JiraReading Ignored(string reason) => new([], Reason: reason);

    public static JiraReading Unreadable(string fault) => new([], Fault: fault);
}
