namespace Monarch.Tests.Bridge;

public static partial class BadMessages
{
    static IEnumerable<BadMessage> Copying() =>
        [
            .. new[]
            {
                "copy_labels",
                "copy_milestones",
                "copy_types",
                "keep_assignees",
                "keep_mentions",
                "copy_comments",
                "update",
                "close_removed",
            }.Select(flag =>
                With($"a text as {flag}", $"\"{flag}\": \"true\"", $"{flag} is a JSON text, not a boolean: give true or false")
            ),
            With("a number as flag", "\"update\": 1", "update is a JSON number, not a boolean"),
            With("a list as flag", "\"update\": [true]", "update is a JSON list, not a boolean"),
            With("a text as assignees", "\"assignees\": \"jane: doe\"", "assignees is a JSON text, not an object"),
            With("a list as assignees", "\"assignees\": [\"jane\"]", "assignees is a JSON list, not an object"),
            With(
                "logins that GitHub would not accept",
                """ "assignees": {"@jane": "doe", "jane": "-doe", "": "x", "a b": "c", "joe": "", "ann": "x\ny"} """,
                "assignees names '@jane', which GitHub would not accept as a login",
                "assignees maps 'jane' to '-doe', which GitHub would not accept as a login",
                "assignees names '', which",
                "assignees names 'a b', which",
                "assignees maps 'joe' to '', which",
                "assignees maps 'ann' to 'x?y', which"
            ),
            With(
                "logins of another type",
                """ "assignees": {"jane": null, "joe": ["x"], "ann": 7} """,
                "assignees maps 'jane' to a JSON null, not a text",
                "assignees maps 'joe' to a JSON list, not a text",
                "assignees maps 'ann' to a JSON number, not a text"
            ),
            With(
                "unpaired surrogates as logins",
                """ "assignees": {"\ud800": "x", "jane": "\udc00"} """,
                "assignees names '\\ud800', which",
                "assignees maps 'jane' to '\"\\udc00\"', which"
            ),
            With(
                "an assignee that is named twice",
                """ "assignees": {"jane": "x", "Jane": "y", "jane": "x"} """,
                "assignees names 'Jane' twice, and logins ignore case",
                "assignees names 'jane' twice"
            ),
            With(
                "501 assignees",
                $"\"assignees\": {{{string.Join(',', Enumerable.Range(1, 501).Select(n => $"\"u{n}\": \"v{n}\""))}}}",
                "assignees has 501 entries and 500 are allowed"
            ),
            With("a login that is very long", $"\"assignees\": {{\"{new string('j', 100_000)}\": \"x\"}}", "assignees names 'jjjj"),
        ];

    static IEnumerable<BadMessage> Selecting() =>
        [
            With("a state that is none", "\"state\": \"closed\"", "state 'closed' is neither 'open' nor 'all': give 'open'"),
            With("a state in capitals", "\"state\": \"ALL\"", "state 'ALL' is neither"),
            With("an empty state", "\"state\": \"\"", "state is empty: give 'open'"),
            With("a boolean as state", "\"state\": true", "state is a JSON boolean, not a text"),
            With("a state on two lines", "\"state\": \"all\\nopen\"", "state 'all?open' holds a line break"),
            With("an empty label", "\"label\": \" \"", "label is empty: give a label's name"),
            With("an empty label in a list", "\"label\": [\"bug\", \"\"]", "label[1] is empty"),
            With("no labels", "\"label\": []", "label is an empty list: name at least one label"),
            With("a label of 51 characters", $"\"label\": \"{new string('b', 51)}\"", "has 51 characters and 50 are allowed"),
            With("a number as label", "\"label\": 7", "label is a JSON number, not a text"),
            With("an object as label", "\"label\": [{\"name\": \"bug\"}]", "label[0] is a JSON object, not a text"),
            With("a list in the list of labels", "\"label\": [[\"bug\"]]", "label[0] is a JSON list, not a text"),
            With(
                "a label on two lines",
                "\"label\": \"a\\u0000b\\n\\tc\"",
                "label 'a?b??c' holds a line break or another control character"
            ),
            With("an unpaired surrogate as label", "\"label\": \"\\ud83d\"", "label holds an unpaired surrogate"),
            With(
                "101 labels",
                $"\"label\": [{string.Join(',', Enumerable.Range(1, 101).Select(n => $"\"l{n}\""))}]",
                "label names 101 labels and 100 are allowed"
            ),
            With("an empty milestone", "\"milestone\": \"\"", "milestone is empty: give the milestone's title"),
            With("the number of a milestone", "\"milestone\": 3", "milestone is a JSON number, not a text: give the milestone's title"),
            With(
                "a milestone of 1025 characters",
                $"\"milestone\": \"{new string('m', 1025)}\"",
                "has 1025 characters and 1024 are allowed"
            ),
            With("a range that ends before it begins", "\"issues\": \"9-3\"", "issues '9-3' ends before it begins: give 3-9."),
            With("issue 0", "\"issues\": \"0\"", "issues '0' holds 0, but issues are numbered from 1"),
            With("a range from 0", "\"issues\": \"0-7\"", "issues '0-7' holds 0"),
            With(
                "words as issues",
                "\"issues\": \"abc\"",
                "issues 'abc' is no number or range: give numbers and ranges from 1, such as 1-20,25"
            ),
            With("a number above 2147483647", "\"issues\": \"1-2147483648\"", "issues '1-2147483648' exceeds 2147483647"),
            With(
                "several wrong ranges",
                "\"issues\": \"1,,2-,-3,1-2-3,#4,5.0,+6,٧,8–9,\"",
                "issues holds an empty entry",
                "issues '2-' is no number or range",
                "issues '-3' is no number or range",
                "issues '1-2-3' is no number or range",
                "issues '#4' is no number or range",
                "issues '5.0' is no number or range",
                "issues '+6' is no number or range",
                "issues '٧' is no number or range",
                "issues '8–9' is no number or range",
                "issues holds an empty entry"
            ),
            With("no issues", "\"issues\": \"\"", "issues is empty: give issue numbers"),
            With("an empty list of issues", "\"issues\": []", "issues is an empty list: give issue numbers"),
            With("a boolean as issues", "\"issues\": false", "issues is a JSON boolean"),
            With(
                "wrong numbers in a list",
                "\"issues\": [1, 0, -2, 1.5, 2e3, 99999999999, null, {}]",
                "issues[1] '0' holds 0",
                "issues[2] '-2' is no number or range",
                "issues[3] '1.5' is no number or range",
                "issues[4] '2e3' is no number or range",
                "issues[5] '99999999999' exceeds 2147483647",
                "issues[6] is a JSON null",
                "issues[7] is a JSON object"
            ),
            With(
                "501 separate issues",
                $"\"issues\": [{string.Join(',', Enumerable.Range(1, 501).Select(n => 2 * n))}]",
                "issues holds 501 separate ranges and 500 are allowed"
            ),
            With("very many digits", $"\"issues\": \"{new string('9', 100_000)}\"", "issues '9999"),
            With(
                "more wrong issues than anybody reads",
                $"\"issues\": \"{new string(',', 499_999)}\"",
                [.. Enumerable.Repeat("issues holds an empty entry", 100), "The message has 499900 more faults"]
            ),
            With("a date that does not exist", "\"since\": \"2026-02-30\"", "since '2026-02-30' is no date or time that exists"),
            With(
                "a date of another country",
                "\"since\": \"01/09/2026\"",
                "since '01/09/2026' is no date or time that exists: give a date"
            ),
            With("a month as since", "\"since\": \"2026-09\"", "since '2026-09' is no date"),
            With("a time without a date", "\"since\": \"08:30\"", "since '08:30' is no date"),
            With("a number as since", "\"since\": 1767225600", "since is a JSON number, not a text"),
            With("an empty since", "\"since\": \"\"", "since is empty: give a date"),
            With("an hour that does not exist", "\"since\": \"2026-01-01T25:00:00Z\"", "since '2026-01-01T25:00:00Z' is no date"),
            With("the first moment of the calendar, east of it", "\"since\": \"0001-01-01T00:00:00+01:00\"", "is no date"),
            With("a date in the future", "\"since\": \"9999-12-31\"", "since '9999-12-31' is in the future"),
            With(
                "all faults of the selection together",
                """ "update": "x", "assignees": 1, "state": 1, "label": 1, "milestone": 1, "issues": true, "since": 1 """,
                "assignees is a JSON number",
                "update is a JSON text",
                "state is a JSON number",
                "label is a JSON number",
                "milestone is a JSON number",
                "issues is a JSON boolean",
                "since is a JSON number"
            ),
        ];

    static BadMessage With(string name, string fields, params string[] faults) =>
        new(name, Good.Replace("}", $", {fields}}}", StringComparison.Ordinal), faults);
}
