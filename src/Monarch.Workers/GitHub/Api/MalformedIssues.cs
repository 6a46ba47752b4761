using System.Globalization;
using System.Text.Json;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Api;

/// <summary>
/// Reads issues field by field when at least one deviates from GitHub's documentation, so that it does not hide the others. GitHub,
/// Enterprise Servers and proxies have sent titles that are null, labels that are strings, fields that are missing or of another type.
/// </summary>
static class MalformedIssues
{
    /// <summary>For a listing; each issue keeps its position.</summary>
    public static readonly LenientReader<IReadOnlyList<Issue>> All = new(issues => issues.All(IsComplete), ReadAll);

    /// <summary>For one issue.</summary>
    public static readonly LenientReader<Issue> One = new(IsComplete, json => ReadItem(json) is { Number: > 0 } issue ? issue : null);

    // An item of a listing may be null despite its type.
    static bool IsComplete(Issue issue) => issue is { Number: > 0 };

    static Issue[]? ReadAll(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        Issue[] issues = [.. json.EnumerateArray().Select(ReadItem)];
        return issues.Length == 0 || Array.Exists(issues, issue => issue.Number > 0) ? issues : null;
    }

    static Issue ReadItem(JsonElement json)
    {
        var (number, title, body) = (Number(json), Text(json, "title"), Text(json, "body"));
        return new()
        {
            Number = number,
            Title = title ?? "",
            Body = body,
            State = IsClosed(json) ? "closed" : "open",
            CreatedAt = Time(json, "created_at"),
            HtmlUrl = Text(json, "html_url"),
            Id = Field(json, "id") is { ValueKind: JsonValueKind.Number } id && id.TryGetInt64(out var value) ? value : null,
            StateReason = Text(json, "state_reason"),
            UpdatedAt = Time(json, "updated_at"),
            User = Account(Field(json, "user")),
            Labels = [.. Items(json, "labels").Select(LabelOf).OfType<Label>()],
            Milestone = MilestoneOf(Field(json, "milestone")),
            Type = Text(Field(json, "type"), "name") is { } type ? new(type) : null,
            Assignees = [.. Items(json, "assignees").Select(Account).OfType<Person>()],
            Comments = Count(json, "comments"),
            Locked = Field(json, "locked").ValueKind == JsonValueKind.True,
            ParentIssueUrl = Text(json, "parent_issue_url"),
            RepositoryUrl = Text(json, "repository_url"),
            SubIssuesSummary = IsPresent(json, "sub_issues_summary") ? new(Count(Field(json, "sub_issues_summary"), "total")) : null,
            IssueDependenciesSummary = IsPresent(json, "issue_dependencies_summary")
                ? new(TotalBlockedBy: Count(Field(json, "issue_dependencies_summary"), "total_blocked_by"))
                : null,
            PullRequest = IsPresent(json, "pull_request") ? new() : null,
            Unreadable =
                number == 0 ? "number"
                : title is null ? "title"
                : body is null && IsPresent(json, "body") ? "body"
                : null,
        };
    }

    static Label? LabelOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? new(json.GetString()!)
        : Text(json, "name") is { } name ? new(name, Text(json, "color"), Text(json, "description"))
        : null;

    static Milestone? MilestoneOf(JsonElement json) =>
        Text(json, "title") is { } title
            ? new(title, Number(json), Text(json, "description"), Text(json, "state"), Time(json, "due_on"))
            : null;

    static Person? Account(JsonElement json) =>
        Text(json, "login") is { } login ? new(login, Text(json, "html_url"), Text(json, "avatar_url")) : null;

    static int Count(JsonElement json, string name) =>
        Field(json, name) is { ValueKind: JsonValueKind.Number } field && field.TryGetInt32(out var count) ? count : 0;

    static JsonElement.ArrayEnumerator Items(JsonElement json, string name) =>
        Field(json, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;

    static bool IsClosed(JsonElement json) => Text(json, "state") is { } state ? state == "closed" : Text(json, "closed_at") is not null;

    // The address contains the number as well.
    static int Number(JsonElement json)
    {
        var field = Field(json, "number");
        return field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var number) && number > 0 ? number
            : Parsed(Text(json, "number")) is var written and > 0 ? written
            : Parsed((Text(json, "html_url") ?? Text(json, "url"))?.Split('/')[^1]);
    }

    static int Parsed(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    static DateTimeOffset? Time(JsonElement json, string name) =>
        DateTimeOffset.TryParse(Text(json, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    static string? Text(JsonElement json, string name) =>
        Field(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    static bool IsPresent(JsonElement json, string name) =>
        Field(json, name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.False);

    static JsonElement Field(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var field) ? field : default;
}
