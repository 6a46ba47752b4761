using System.Text.Json;
using System.Text.RegularExpressions;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>
/// Interprets the text of a refusal. The status does not show whether the request or the pace is the cause: GitHub returns 403, 422
/// and 429 to an account that creates too fast.
/// </summary>
static partial class RefusalWords
{
    /// <summary>Whether the text names a limit of the account's pace, such as "was submitted too quickly".</summary>
    public static bool NameALimit(GitHubError? error) => Texts(error).Any(text => Pace().IsMatch(text));

    /// <summary>Whether the text mentions spam; for one field the cause is its content, for the whole request the pace.</summary>
    public static bool NameSpam(GitHubError? error) => Texts(error).Any(text => Spam().IsMatch(text));

    /// <summary>Whether the text calls the refusal temporary, such as "temporarily limited" or "try again later".</summary>
    public static bool NameATime(GitHubError? error) => Texts(error).Any(text => Passing().IsMatch(text));

    /// <summary>Whether the text names a field of the issue; only then is the issue the cause.</summary>
    public static bool NameAField(GitHubError? error) =>
        error is not null && ((error.Message is { } message && IsAboutAField(message)) || Items(error.Errors).Any(IsAboutAField));

    static bool IsAboutAField(JsonElement item) =>
        item.ValueKind switch
        {
            JsonValueKind.String => IsAboutAField(item.GetString()!),
            JsonValueKind.Object => (Text(item, "field") is { } field && Field().IsMatch(field))
                || (Text(item, "resource") is { } resource && Resource().IsMatch(resource))
                || (Text(item, "message") is { } message && IsAboutAField(message)),
            _ => false,
        };

    static bool IsAboutAField(string text) => Sentence().IsMatch(text) || Schema().IsMatch(text);

    static IEnumerable<string> Texts(GitHubError? error) =>
        error is null
            ? []
            : new[] { error.Message, error.DocumentationUrl }
                .Concat(
                    Items(error.Errors)
                        .SelectMany(item =>
                            item.ValueKind == JsonValueKind.String
                                ? [item.GetString()]
                                : new[] { Text(item, "message"), Text(item, "code") }
                        )
                )
                .OfType<string>();

    static IEnumerable<JsonElement> Items(JsonElement? errors) =>
        errors switch
        {
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
            { } one => [one],
            null => [],
        };

    static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    [GeneratedRegex(
        @"rate[\s_-]*limit|secondary[\s_-]*limit|abuse|throttl|flood|slow(ing)?[\s_-]*down"
            + @"|too[\s_-]*(quick|fast|rapid|often|frequent|soon)"
            + @"|too[\s_-]*many[\s_-]*(requests|issues|attempts|submissions|creations|posts|times)"
            + @"|(creat|submit|post)\w*[\s_-]*limit|quota",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Pace();

    [GeneratedRegex(@"spam", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spam();

    [GeneratedRegex(
        @"temporar|try[\s_-]*again|retry|\blater\b|please[\s_-]*wait|\bwait\b|at this time|for a while|in a (few|moment)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Passing();

    [GeneratedRegex(
        @"(?<![a-z])(title|body|labels?|assignees?|milestone|type)(?![a-z])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Field();

    [GeneratedRegex(@"\A(label|milestone|assignee)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Resource();

    // "Title can't be blank", "The issue's body is too long".
    [GeneratedRegex(
        @"\A\s*(the\s+)?(issue('s)?\s+)?(title|body|labels?|assignees?|milestone|type)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Sentence();

    // The schema of the request: "title" wasn't supplied; For 'properties/body', 1 is not a string or null.
    [GeneratedRegex("""(properties/|")(title|body|labels|assignees?|milestone|type)\b""", RegexOptions.CultureInvariant)]
    private static partial Regex Schema();
}
