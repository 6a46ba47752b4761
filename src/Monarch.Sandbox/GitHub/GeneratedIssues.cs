using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>Issues typical of a coding school's group projects. The same seed generates the same issues.</summary>
static class GeneratedIssues
{
    static readonly string[] Actions =
    [
        "View the list of",
        "View the details of",
        "Create a new",
        "Edit an existing",
        "Delete a",
        "Search for a",
        "Filter by",
        "Sort the list of",
        "Validate the form for a",
        "Show an empty state for",
        "Paginate the list of",
        "Archive a",
    ];

    static readonly string[] Subjects =
    [
        "post",
        "comment",
        "category",
        "tag",
        "user profile",
        "subscription",
        "reaction",
        "park",
        "visitor service",
        "guest book entry",
        "playlist",
        "order",
        "product review",
        "shopping cart",
        "metal type",
        "customer address",
    ];

    public static IEnumerable<SeedIssue> For(SeedRepository seed)
    {
        var kinds = Enumerable
            .Repeat(Kind.Open, seed.GenerateIssues)
            .Concat(Enumerable.Repeat(Kind.Closed, seed.GenerateClosedIssues))
            .Concat(Enumerable.Repeat(Kind.PullRequest, seed.GeneratePullRequests))
            .ToArray();
        new Random(kinds.Length).Shuffle(kinds);
        return kinds.Select(Generate);
    }

    static SeedIssue Generate(Kind kind, int index)
    {
        var action = Actions[index % Actions.Length];
        var subject = Subjects[index / Actions.Length % Subjects.Length];
        var round = index / (Actions.Length * Subjects.Length);
        var title = $"{action} {subject}{(round == 0 ? "" : $" (part {round + 1})")}";
        return new SeedIssue
        {
            Title = kind == Kind.PullRequest ? $"Feature: {title.ToLowerInvariant()}" : title,
            Body = kind == Kind.PullRequest ? $"Closes #{index}\n\nAdds what the ticket asks for." : Ticket(action, subject, index),
            State = kind == Kind.Closed ? "closed" : "open",
            IsPullRequest = kind == Kind.PullRequest,
            User = "chickencoder",
            Labels = index % 3 == 0 ? ["enhancement"] : [],
        };
    }

    static string Ticket(string action, string subject, int index) =>
        $"""
            ## Story

            As an authenticated user, I should be able to **{action.ToLowerInvariant()} {subject}** so that my team can demo it on Friday.

            ## Acceptance criteria

            - [ ] **Given** a user is logged in, **when** they open the `{subject}` view, **then** they see it within a second
            - [ ] The user is asked to confirm before anything is lost
            - [ ] Works with a keyboard alone

            ## Technical notes

            ```python
            class View{index}(ViewSet):
                def list(self, request):
                    return Response([])
            ```

            | Method | Route | Answer |
            | --- | --- | --- |
            | GET | `/{subject.Replace(' ', '-')}s` | 200 |
            | POST | `/{subject.Replace(' ', '-')}s` | 201 |
            """;

    enum Kind
    {
        Open,
        Closed,
        PullRequest,
    }
}
