using System.Text.Json;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub;

/// <summary>The body of a request to create or change an issue. What was not sent is null.</summary>
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
    public int? Milestone { get; private init; }

    /// <summary>Reads the body, or says as GitHub does what is wrong with it.</summary>
    public static (IssueInput? Input, Answer? Refusal) Read(GitHubCall call, Repository repository)
    {
        try
        {
            using var document = JsonDocument.Parse(call.Body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return (null, GitHubErrors.BodyIsNoObject(call.Documentation));
            var (input, invalid) = Take(document.RootElement, call.Operation.IsCreation);
            if (invalid is not null)
                return (null, GitHubErrors.InvalidRequest(invalid, call.Documentation));
            var errors = input.Validate(repository);
            return errors.Count > 0 ? (null, GitHubErrors.ValidationFailed(call.Documentation, [.. errors])) : (input, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Also a number beyond bounds, and an escaped half of a surrogate pair, which is no text.
            return (null, GitHubErrors.ProblemsParsingJson(call.Documentation));
        }
    }

    static (IssueInput Input, string? Invalid) Take(JsonElement json, bool creation)
    {
        var input = new IssueInput();
        if (json.TryGetProperty("title", out var title) && !(title.ValueKind == JsonValueKind.Null && !creation))
        {
            if (title.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
                return (input, $"For 'properties/title', {Show(title)} is not a string or integer.");
            input = input with { Title = title.ToString() };
        }
        else if (creation)
        {
            return (input, "\"title\" wasn't supplied.");
        }

        foreach (var name in (ReadOnlySpan<string>)["body", "state", "state_reason"])
            if (json.TryGetProperty(name, out var text) && text.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return (input, $"For 'properties/{name}', {Show(text)} is not a string or null.");
        return (input with
        {
            HasBody = json.TryGetProperty("body", out var body),
            Body = body.ValueKind == JsonValueKind.String ? body.GetString() : null,
            State = Text(json, "state"),
            StateReason = Text(json, "state_reason"),
            Labels = Names(json, "labels"),
            Assignees = Names(json, "assignees"),
            Milestone = json.TryGetProperty("milestone", out var milestone) && milestone.ValueKind == JsonValueKind.Number ? milestone.GetInt32() : null,
        }, null);
    }

    List<ErrorDetailJson> Validate(Repository repository)
    {
        var errors = new List<ErrorDetailJson>();
        if (Title is not null && string.IsNullOrWhiteSpace(Title))
            errors.Add(new ErrorDetailJson("Issue", "missing_field", "title"));
        if (Title is not null && Characters(Title) > MaxTitle)
            errors.Add(new ErrorDetailJson("Issue", "custom", "title", $"title is too long (maximum is {MaxTitle} characters)"));
        if (Title is not null && repository.Rejects(Title))
            errors.Add(new ErrorDetailJson("Issue", "custom", "title", "title looks like spam"));
        if (Body is not null && Characters(Body) > MaxBody)
            errors.Add(new ErrorDetailJson("Issue", "custom", "body", $"body is too long (maximum is {MaxBody} characters)"));
        if (Milestone is { } milestone && repository.Milestone(milestone) is null)
            errors.Add(new ErrorDetailJson("Issue", "invalid", "milestone"));
        if (State is not (null or "open" or "closed"))
            errors.Add(new ErrorDetailJson("Issue", "invalid", "state"));
        return errors;
    }

    static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static List<string>? Names(JsonElement json, string name) =>
        json.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Object ? Text(e, "name") : e.ToString()).OfType<string>()]
            : null;

    static string Show(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "nil" : value.GetRawText();

    /// <summary>GitHub counts characters, not UTF-16 units: an emoji is one.</summary>
    static int Characters(string text)
    {
        var count = text.Length;
        foreach (var c in text)
            if (char.IsLowSurrogate(c))
                count--;
        return count;
    }
}
