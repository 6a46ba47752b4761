using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Golden;

/// <summary>The issues 1 to 16: fields, relations, states and references.</summary>
static class GoldenIssues
{
    static readonly DateTimeOffset CommentedAt = new(2026, 9, 3, 8, 30, 0, TimeSpan.Zero);

    public static IEnumerable<SeedIssue> All => [.. First, .. Relatives, .. States];

    /// <summary>The last issue, for a request that does not select it.</summary>
    public static SeedIssue Unselected => new() { Title = "For instructors only", Body = "See #1." };

    static IEnumerable<SeedIssue> First =>
        [
            new()
            {
                Title = "Set up the project",
                Body = """
                    Clone the repository, then ask @ada or @school/instructors for a key. Next: #2.

                    1. Install .NET.
                    2. Run `./start` and read #3.
                    """,
                Labels = ["bug", "needs: review 🔍", "تصميم", "without a description"],
                Milestone = "Sprint 1",
                Type = "Task",
                Assignees = ["ada", "bob"],
                Comments =
                [
                    new() { Body = "First comment: see #2, @ada.", CreatedAt = CommentedAt },
                    new()
                    {
                        User = "grace",
                        Body = "Second comment.\r\n\r\nWith two paragraphs.",
                        CreatedAt = CommentedAt.AddMinutes(1),
                    },
                ],
            },
            new()
            {
                Title = "Epic: the shop",
                Body = """
                    - [ ] #4
                    - [x] school/template#5
                    - [ ] https://github.com/school/template/issues/6 is optional
                    - [ ] a task that is no issue
                    """,
                Labels = ["BUG"],
                Milestone = "Sprint 2 🚀",
                Type = "Epic",
                SubIssues = [6, 4, 5],
            },
            new()
            {
                Title = "References of all forms",
                Body = """
                    Earlier: #1, GH-1, gh-1, school/template#1, School/Template#1, school#1.
                    Later: #4, (#4), [#4], "#4", #4; GH-4! school/template#4-foo.
                    Addresses: https://github.com/school/template/issues/4, http://www.github.com/school/template/issues/4
                    and <https://github.com/school/template/issues/4#issuecomment-7>,
                    github.com/school/template/issues/4?notification=1, school/template/issues/4.
                    Itself: #3. Twice in a row: #1#4. Fixes #7, closes #1.
                    """,
            },
        ];

    static IEnumerable<SeedIssue> Relatives =>
        [
            new()
            {
                Title = "Show the products",
                Body = "A list with pictures.",
                Milestone = "Sprint 2 🚀",
                Type = "Task",
                SubIssues = [7],
                BlockedBy = [5, 1],
            },
            new()
            {
                Title = "Fetch the products",
                Body = "Before #4.",
                State = "closed",
                Milestone = "Sprint 0",
                Labels = ["bug"],
                Type = "Bug",
            },
            new()
            {
                Title = "Dark mode",
                Body = "Out of scope.",
                State = "closed",
                StateReason = "not_planned",
            },
            new()
            {
                Title = "Show the prices",
                Body = "A part of a part.",
                BlockedBy = [4],
            },
            new()
            {
                Title = "A pull request",
                Body = "Closes #1.",
                IsPullRequest = true,
            },
        ];

    static IEnumerable<SeedIssue> States =>
        [
            new()
            {
                Title = "Night mode",
                Body = "Duplicate of #6",
                State = "closed",
                StateReason = "duplicate",
            },
            new()
            {
                Title = "Opened again",
                Body = "It still fails.",
                StateReason = "reopened",
            },
            new()
            {
                Title = "Code of conduct",
                Body = "Read it.",
                Locked = true,
                LockReason = "resolved",
                Assignees = ["carol"],
            },
            new()
            {
                Title = "References to what is not copied",
                Body = """
                    # After #8 and other/library#1

                    A pull request: #8, school/template#8, https://github.com/school/template/pull/8/files.
                    Not selected: #40, GH-40. Never existed: room #101, https://github.com/school/template/issues/999.
                    Elsewhere: other/library#1, https://github.com/other/library/issues/1, <https://github.com/other/library/pull/2>,
                    and at another host: https://git.example.org/school/template/issues/1.

                    | in a table | other/library#2 |
                    |---|---|
                    | #8 | [a text with #8](https://example.org) |

                    <p>In HTML: #8, other/library#1</p>

                    #40
                    """,
                BlockedBy = [40, 1],
                SubIssues = [40],
            },
            new()
            {
                Title = "A closed parent",
                Body = "Its sub-issue is open.",
                State = "closed",
                SubIssues = [14],
            },
            new() { Title = "An empty body", Body = "" },
            new() { Title = "No body", Body = null },
            new() { Title = "A body of white space", Body = " \r\n\t\n " },
        ];
}
