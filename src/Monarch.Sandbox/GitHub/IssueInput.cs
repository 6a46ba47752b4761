using System.Globalization;
using System.Text.Json;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The body of a request to create or change an issue. A missing property is null.</summary>
sealed record IssueInput
{
    const int MaxTitle = 256;
    const int MaxBody = 65_536;

    public string? Title { get; private init; }
    public bool HasBody { get; private init; }
    public string? Body { get; private init; }
    public string? State { get; private init; }
    public string? StateReason { get; private init; }
    public IReadOnlyList<string>? Labels { get; private init; }
    public IReadOnlyList<string>? Assignees { get; private init; }
    public bool HasMilestone { get; private init; }

    /// <summary>The milestone's title.</summary>
    public string? Milestone { get; private init; }

    /// <summary>Reads the body, or returns GitHub's refusal.</summary>
    /// <param name="call">The request.</param>
    /// <param name="repository">The repository of the issue.</param>
    /// <param name="trusted">Whether the caller may set labels, assignees and milestone; otherwise they are ignored, as documented.</param>
    /// <param name="isKnown">Whether a login exists.</param>
    public static (IssueInput? Input, Answer? Refusal) Read(
        GitHubCall call,
        Repository repository,
        bool trusted,
        Func<string, bool> isKnown
    )
    {
        try
        {
            using var document = JsonDocument.Parse(call.Body);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object)
            {
                return (null, GitHubErrors.BodyIsNoObject(call.Documentation));
            }

            if (Invalid(json, call.Operation.IsCreation) is { } invalid)
            {
                return (null, GitHubErrors.InvalidRequest(invalid, call.Documentation));
            }

            var input = Parse(json, repository, trusted);
            List<ErrorDetailJson> errors = [.. input.Validate(repository)];
            if (
                input is { HasMilestone: true, Milestone: null }
                && json.GetProperty("milestone") is { ValueKind: not JsonValueKind.Null } number
            )
            {
                errors.Add(new("Issue", "invalid", "milestone") { Value = number.Clone() });
            }

            if (input.Assignees?.FirstOrDefault(login => !isKnown(login)) is { } unknown)
            {
                var value = JsonSerializer.SerializeToElement(unknown, GitHubJson.Default.String);
                errors.Add(new("Issue", "invalid", "assignees") { Value = value });
            }

            return errors.Count > 0 ? (null, GitHubErrors.ValidationFailed(call.Documentation, [.. errors])) : (input, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Also a number out of range and an escaped unpaired surrogate.
            return (null, GitHubErrors.ProblemsParsingJson(call.Documentation));
        }
    }

    static string? Invalid(JsonElement json, bool creation)
    {
        if (!json.TryGetProperty("title", out var title) && creation)
        {
            return "\"title\" wasn't supplied.";
        }

        if (
            title.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Undefined)
            && (creation || title.ValueKind != JsonValueKind.Null)
        )
        {
            return JsonText.Mismatch("properties/title", title, "a string or integer");
        }

        foreach (var name in (ReadOnlySpan<string>)["body", "state", "state_reason", "assignee"])
        {
            if (json.TryGetProperty(name, out var text) && text.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                return JsonText.Mismatch("properties/" + name, text, "a string or null");
            }
        }

        if (
            json.TryGetProperty("milestone", out var milestone)
            && milestone.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null)
        )
        {
            return JsonText.Mismatch("properties/milestone", milestone, "a string, integer or null");
        }

        return InvalidItems(json, "labels", "name") ?? InvalidItems(json, "assignees", "login");
    }

    static string? InvalidItems(JsonElement json, string name, string key)
    {
        if (!json.TryGetProperty(name, out var array))
        {
            return null;
        }

        if (JsonText.NotAnArray(json, name) is { } invalid)
        {
            return invalid;
        }

        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind is not (JsonValueKind.String or JsonValueKind.Object))
            {
                return JsonText.Mismatch(name + "/items", item, "a string or object");
            }

            if (item.ValueKind == JsonValueKind.Object && Text(item, key) is null)
            {
                return $"\"{key}\" wasn't supplied.";
            }
        }

        return null;
    }

    static IssueInput Parse(JsonElement json, Repository repository, bool trusted)
    {
        var input = new IssueInput
        {
            Title = json.TryGetProperty("title", out var title) && title.ValueKind != JsonValueKind.Null ? title.ToString() : null,
            HasBody = json.TryGetProperty("body", out _),
            Body = Text(json, "body"),
            State = Text(json, "state"),
            StateReason = Text(json, "state_reason"),
        };
        return !trusted
            ? input
            : input with
            {
                Labels = Names(json, "labels", "name"),
                Assignees = Names(json, "assignees", "login") ?? SingleName(json, "assignee"),
                HasMilestone = json.TryGetProperty("milestone", out var milestone),
                Milestone = int.TryParse(milestone.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? repository.Milestone(number)
                    : null,
            };
    }

    IEnumerable<ErrorDetailJson> Validate(Repository repository)
    {
        if (Title is not null && string.IsNullOrWhiteSpace(Title))
        {
            yield return new("Issue", "missing_field", "title");
        }

        if (Title is not null && Characters(Title) > MaxTitle)
        {
            yield return new("Issue", "custom", "title", $"title is too long (maximum is {MaxTitle} characters)");
        }

        if (Title is not null && repository.Rejects(Title))
        {
            yield return new("Issue", "custom", "title", "title looks like spam");
        }

        if (Body is not null && Characters(Body) > MaxBody)
        {
            yield return new("Issue", "custom", "body", $"body is too long (maximum is {MaxBody} characters)");
        }

        if (State is not (null or "open" or "closed"))
        {
            yield return new("Issue", "invalid", "state");
        }

        if (StateReason is not (null or "completed" or "not_planned" or "duplicate" or "reopened"))
        {
            yield return new("Issue", "invalid", "state_reason");
        }
    }

    static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static string[]? SingleName(JsonElement json, string name) =>
        !json.TryGetProperty(name, out _) ? null
        : Text(json, name) is { Length: > 0 } text ? [text]
        : [];

    static string[]? Names(JsonElement json, string name, string key) =>
        json.TryGetProperty(name, out var array)
            ? [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Object ? Text(item, key)! : item.GetString()!)]
            : null;

    /// <summary>GitHub counts code points, not UTF-16 units: an emoji counts as one.</summary>
    static int Characters(string text)
    {
        var count = text.Length;
        foreach (var c in text)
        {
            if (char.IsLowSurrogate(c))
            {
                count--;
            }
        }

        return count;
    }
}
