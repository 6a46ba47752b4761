using System.Globalization;
using System.Text.Json;
using Monarch.Sandbox.GitHub.Labels;
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

    public bool HasType { get; private init; }

    /// <summary>The name of the type.</summary>
    public string? Type { get; private init; }

    /// <summary>Reads the body, or returns GitHub's refusal.</summary>
    /// <param name="call">The request.</param>
    /// <param name="repository">The repository of the issue.</param>
    /// <param name="state">The state of GitHub.</param>
    /// <param name="trusted">
    /// Whether the caller may set labels, assignees, milestone and type; otherwise they are ignored, as documented.
    /// </param>
    public static (IssueInput? Input, Answer? Refusal) Read(GitHubCall call, Repository repository, GitHubState state, bool trusted)
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

            if (input.Assignees?.FirstOrDefault(login => !state.CanBeAssigned(repository, login)) is { } unknown)
            {
                errors.Add(new("Issue", "invalid", "assignees") { Value = Text(unknown) });
            }

            if (input.Type is { } type)
            {
                var isSupported = !state.Options.OlderEnterpriseServer;
                input = input with { Type = isSupported ? state.Repositories.Organisations.FindType(repository.Owner, type)?.Name : null };
                if (isSupported && input.Type is null)
                {
                    errors.Add(new("Issue", "invalid", "type") { Value = Text(type) });
                }
            }

            return errors.Count > 0 ? (null, GitHubErrors.ValidationFailed(call.Documentation, [.. errors]))
                : input.Labels is not null && MayNotCreate(call, repository, input.Labels)
                    ? (null, GitHubErrors.MayNotCreateLabels(call.Documentation))
                : (input, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Also a number out of range and an escaped unpaired surrogate.
            return (null, GitHubErrors.ProblemsParsingJson(call.Documentation));
        }
    }

    static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value, GitHubJson.Default.String);

    static bool MayNotCreate(GitHubCall call, Repository repository, IReadOnlyList<string> labels) =>
        call.Caller.PermissionIn(repository) < Permission.Push && labels.Any(name => repository.Labels.Find(name) is null);

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

        if (
            json.TryGetProperty("type", out var type)
            && type.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)
            && (creation || type.ValueKind != JsonValueKind.Object)
        )
        {
            return JsonText.Mismatch("properties/type", type, creation ? "a string or null" : "a string, object or null");
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

            if (item.ValueKind == JsonValueKind.Object && JsonText.Of(item, key) is null)
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
            Body = JsonText.Of(json, "body"),
            State = JsonText.Of(json, "state"),
            StateReason = JsonText.Of(json, "state_reason"),
        };
        return !trusted
            ? input
            : input with
            {
                Labels = Names(json, "labels", "name"),
                Assignees = Names(json, "assignees", "login") ?? SingleName(json, "assignee"),
                HasMilestone = json.TryGetProperty("milestone", out var milestone),
                Milestone = int.TryParse(milestone.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? repository.Milestones.Find(number)?.Title
                    : null,
                HasType = json.TryGetProperty("type", out var type),
                Type = type.ValueKind == JsonValueKind.Object ? JsonText.Of(type, "value") : JsonText.Of(json, "type"),
            };
    }

    IEnumerable<ErrorDetailJson> Validate(Repository repository)
    {
        if (Title is not null && string.IsNullOrWhiteSpace(Title))
        {
            yield return new("Issue", "missing_field", "title");
        }

        if (Title is not null && JsonText.Characters(Title) > MaxTitle)
        {
            yield return new("Issue", "custom", "title", $"title is too long (maximum is {MaxTitle} characters)");
        }

        if (Title is not null && repository.Rejects(Title))
        {
            yield return new("Issue", "custom", "title", "title looks like spam");
        }

        if (Body is not null && JsonText.Characters(Body) > MaxBody)
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

        foreach (var label in Labels ?? [])
        {
            if (LabelInput.ValidateName(label) is { } invalid)
            {
                yield return invalid;
            }
        }
    }

    static string[]? SingleName(JsonElement json, string name) =>
        !json.TryGetProperty(name, out _) ? null
        : JsonText.Of(json, name) is { Length: > 0 } text ? [text]
        : [];

    static string[]? Names(JsonElement json, string name, string key) =>
        json.TryGetProperty(name, out var array)
            ?
            [
                .. array
                    .EnumerateArray()
                    .Select(item => item.ValueKind == JsonValueKind.Object ? JsonText.Of(item, key)! : item.GetString()!),
            ]
            : null;
}
