namespace Monarch.Sandbox.GitHub;

/// <summary>Issues as a coding school's group projects have them. The same seed makes the same issues.</summary>
static class MadeUpIssues
{
    static readonly string[] Wishes =
    [
        "View the list of", "View the details of", "Create a new", "Edit an existing", "Delete a", "Search for a",
        "Filter by", "Sort the list of", "Validate the form for a", "Show an empty state for", "Paginate the list of", "Archive a",
    ];

    static readonly string[] Things =
    [
        "post", "comment", "category", "tag", "user profile", "subscription", "reaction", "park", "visitor service", "guest book entry",
        "playlist", "order", "product review", "shopping cart", "metal type", "customer address",
    ];

    public static IEnumerable<SeedIssue> For(SeedRepository seed)
    {
        var kinds = Enumerable.Repeat(Kind.Open, seed.GenerateIssues)
            .Concat(Enumerable.Repeat(Kind.Closed, seed.GenerateClosedIssues))
            .Concat(Enumerable.Repeat(Kind.PullRequest, seed.GeneratePullRequests))
            .ToArray();
        new Random(kinds.Length).Shuffle(kinds);
        return kinds.Select(Make);
    }

    static SeedIssue Make(Kind kind, int index)
    {
        var wish = Wishes[index % Wishes.Length];
        var thing = Things[index / Wishes.Length % Things.Length];
        var round = index / (Wishes.Length * Things.Length);
        var title = $"{wish} {thing}{(round == 0 ? "" : $" (part {round + 1})")}";
        return new SeedIssue
        {
            Title = kind == Kind.PullRequest ? $"Feature: {title.ToLowerInvariant()}" : title,
            Body = kind == Kind.PullRequest ? $"Closes #{index}\n\nAdds what the ticket asks for." : Ticket(wish, thing, index),
            State = kind == Kind.Closed ? "closed" : "open",
            IsPullRequest = kind == Kind.PullRequest,
            User = "chickencoder",
            Labels = index % 3 == 0 ? ["enhancement"] : [],
        };
    }

    static string Ticket(string wish, string thing, int index) =>
        $"""
        ## Story

        As an authenticated user, I should be able to **{wish.ToLowerInvariant()} {thing}** so that my team can demo it on Friday.

        ## Acceptance criteria

        - [ ] **Given** a user is logged in, **when** they open the `{thing}` view, **then** they see it within a second
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
        | GET | `/{thing.Replace(' ', '-')}s` | 200 |
        | POST | `/{thing.Replace(' ', '-')}s` | 201 |
        """;

    enum Kind
    {
        Open,
        Closed,
        PullRequest,
    }
}
