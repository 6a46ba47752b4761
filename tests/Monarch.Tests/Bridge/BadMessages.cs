using System.Text;
using Xunit;

namespace Monarch.Tests.Bridge;

/// <summary>The table of invalid messages, for a Bridge whose MONARCH_ALLOWED_OWNERS are <see cref="AllowedOwners"/>.</summary>
public static partial class BadMessages
{
    public const string AllowedOwners = "school, Teams";

    /// <summary>A valid message, to follow an invalid one.</summary>
    public const string Good =
        """{"source_repo": "school/template", "all_target_repositories": ["teams/one"], "notification_channel": "C06GHMZB3M3"}""";

    public static IReadOnlyList<BadMessage> All { get; } =
    [
        .. Wholes(),
        .. Sources(),
        .. TargetLists(),
        .. Names(),
        .. Addresses(),
        .. Channels(),
        .. Recreations(),
        .. Copying(),
        .. Selecting(),
        .. Several(),
    ];

    /// <summary>For a theory: the names, which are unique.</summary>
    public static TheoryData<string> Table => [.. All.Select(message => message.Name)];

    static IEnumerable<BadMessage> Wholes() =>
        [
            new("nothing", "", "The message is empty"),
            new("only blanks", " \r\n\t", "The message cannot be read as JSON"),
            new("plain text", "please copy school/template", "The message cannot be read as JSON"),
            new("cut off", Good[..60], "The message cannot be read as JSON"),
            new("single quotes", Good.Replace('"', '\''), "The message cannot be read as JSON"),
            new("a trailing comma", Good.Replace("}", ",}", StringComparison.Ordinal), "The message cannot be read as JSON"),
            new("a comment", Good + "// please", "The message cannot be read as JSON"),
            new("two messages in one", Good + Good, "The message cannot be read as JSON"),
            new("a zero byte at the end", Good + "\0", "The message cannot be read as JSON"),
            new(
                "a raw line break in a text",
                Good.Replace("template", "tem\nplate", StringComparison.Ordinal),
                "The message cannot be read as JSON"
            ),
            new("a byte order mark", "\uFEFF" + Good, "The message begins with a byte order mark"),
            new("UTF-16", Encoding.Unicode.GetBytes(Good), "The message cannot be read as JSON"),
            new("UTF-16 with its mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Good)], "The message is not UTF-8"),
            new(
                "Latin-1",
                Encoding.Latin1.GetBytes(Good.Replace("template", "vorlage-für-alle", StringComparison.Ordinal)),
                "The message is not UTF-8"
            ),
            new(
                "Latin-1 in an unknown field",
                Encoding.Latin1.GetBytes(Good.Replace("{", "{\"note\": \"für alle\", ", StringComparison.Ordinal)),
                "The message is not UTF-8"
            ),
            new("a list", $"[{Good}]", "The message is a JSON list, not an object"),
            new("a number", "42", "The message is a JSON number, not an object"),
            new("null", "null", "The message is a JSON null, not an object"),
            new("a text", "\"school/template\"", "The message is a JSON text, not an object"),
            new("a boolean", "true", "The message is a JSON boolean, not an object"),
            new("one byte more than 1 MiB", Good.PadRight((1024 * 1024) + 1), "The message has more than 1048576 bytes (1 MiB)"),
            new(
                "much more than 1 MiB",
                Request(source: $"\"{new string('x', 3 * 1024 * 1024)}\""),
                "The message has more than 1048576 bytes (1 MiB)"
            ),
            new(
                "deeply nested",
                new string('[', 5000) + new string(']', 5000),
                "The message cannot be read as JSON: The maximum configured depth of 64"
            ),
            new(
                "deeply nested in an unknown field",
                $$"""{"x": {{new string('[', 100)}}{{new string(']', 100)}}}""",
                "The message cannot be read as JSON"
            ),
        ];

    static IEnumerable<BadMessage> Sources() =>
        [
            new("no source", """{"all_target_repositories": ["teams/one"]}""", "source_repo is missing"),
            new("a source of another case", Good.Replace("source_repo", "Source_Repo", StringComparison.Ordinal), "source_repo is missing"),
            new("a null source", Request(source: "null"), "source_repo is missing"),
            new("a number as source", Request(source: "7"), "source_repo is a JSON number, not a text"),
            new("a list as source", Request(source: "[\"school/template\"]"), "source_repo is a JSON list, not a text"),
            new("an object as source", Request(source: "{}"), "source_repo is a JSON object, not a text"),
            new("a boolean as source", Request(source: "false"), "source_repo is a JSON boolean, not a text"),
            new("an empty source", Request(source: "\"\""), "source_repo is empty"),
            new("a blank source", Request(source: "\" \\t \""), "source_repo is empty"),
            new("an unpaired surrogate in the source", Request(source: "\"school/\\ud83d\""), "source_repo holds an unpaired surrogate"),
            new(
                "a source of an owner that is not allowed",
                Request(source: "\"elsewhere/template\""),
                "source_repo 'elsewhere/template' belongs to elsewhere, who is not among MONARCH_ALLOWED_OWNERS"
            ),
        ];

    static IEnumerable<BadMessage> TargetLists() =>
        [
            new("no targets", """{"source_repo": "school/template"}""", "all_target_repositories is missing"),
            new("null targets", Request(targets: "null"), "all_target_repositories is missing"),
            new("a text as targets", Request(targets: "\"teams/one\""), "all_target_repositories is a JSON text, not a list"),
            new("a number as targets", Request(targets: "1"), "all_target_repositories is a JSON number, not a list"),
            new("an object as targets", Request(targets: """{"0": "teams/one"}"""), "all_target_repositories is a JSON object, not a list"),
            new("no target in the list", Request(targets: "[]"), "all_target_repositories is empty"),
            new("a null target", Request(targets: "[null]"), "all_target_repositories[0] is a JSON null, not a text"),
            new("a number as target", Request(targets: """["teams/one", 2]"""), "all_target_repositories[1] is a JSON number, not a text"),
            new(
                "an object as target",
                Request(targets: """[{"name": "teams/one"}]"""),
                "all_target_repositories[0] is a JSON object, not a text"
            ),
            new("a list as target", Request(targets: """[["teams/one"]]"""), "all_target_repositories[0] is a JSON list, not a text"),
            new("an empty target", Request(targets: """["teams/one", ""]"""), "all_target_repositories[1] is empty"),
            new(
                "an unpaired surrogate in a target",
                Request(targets: "[\"\\udc00/one\"]"),
                "all_target_repositories[0] holds an unpaired surrogate"
            ),
            new("501 targets", Request(targets: List(501)), "all_target_repositories names 501 repositories; 500 are allowed"),
            new(
                "a target of an owner that is not allowed",
                Request(targets: """["teams/one", "elsewhere/two"]"""),
                "all_target_repositories[1] 'elsewhere/two' belongs to elsewhere, who is not among MONARCH_ALLOWED_OWNERS"
            ),
            new(
                "the source as target",
                Request(targets: """["school/template"]"""),
                "all_target_repositories names the source itself, school/template"
            ),
            new(
                "the source as target in capitals",
                Request(targets: """["teams/one", "SCHOOL/Template"]"""),
                "all_target_repositories names the source itself"
            ),
            new(
                "the source as target by its address",
                Request(targets: """["http://www.github.com/School/Template.git/"]"""),
                "all_target_repositories names the source itself"
            ),
        ];

    static IEnumerable<BadMessage> Several() =>
        [
            new("an empty object", "{}", "source_repo is missing", "all_target_repositories is missing"),
            new(
                "all faults together",
                Request("7", """["teams/one", null, "-/x", "teams/..", "ftp://github.com/a/b"]""", "false"),
                "source_repo is a JSON number",
                "all_target_repositories[1] is a JSON null",
                "all_target_repositories[2] '-/x' names the owner '-'",
                "all_target_repositories[3] 'teams/..' names the repository '..'",
                "all_target_repositories[4] 'ftp://github.com/a/b' is not a web address",
                "notification_channel is a JSON boolean"
            ),
            new(
                "more faults than anybody reads",
                Request(targets: $"[{string.Join(',', Enumerable.Repeat("1", 150))}]"),
                [
                    .. Enumerable.Range(0, 100).Select(n => $"all_target_repositories[{n}] is a JSON number"),
                    "The message has 50 more faults",
                ]
            ),
        ];

    static string Request(string source = "\"school/template\"", string targets = "[\"teams/one\"]", string channel = "null") =>
        $$"""{"source_repo": {{source}}, "all_target_repositories": {{targets}}, "notification_channel": {{channel}}}""";

    static string List(int count) => $"[{string.Join(',', Enumerable.Range(1, count).Select(n => $"\"teams/team-{n}\""))}]";
}
