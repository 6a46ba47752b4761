using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>Creates the issues of a seed.</summary>
static class SeededIssues
{
    public static void Fill(Repository repository, SeedRepository seed, RepositoryStore store, DateTimeOffset now)
    {
        IReadOnlyList<SeedIssue> issues = [.. seed.Issues, .. GeneratedIssues.For(seed)];
        var firstCreatedAt = now.AddHours(-issues.Count);
        for (var i = 0; i < issues.Count; i++)
        {
            var issue = issues[i];
            var createdAt = issue.CreatedAt?.ToUniversalTime() ?? firstCreatedAt.AddHours(i);
            var isOpen = IsOpen(issue.State);
            repository.Add(number => new Issue
            {
                Id = store.NextIssueId(),
                Number = number,
                Title = issue.Title,
                Body = issue.Body,
                IsOpen = isOpen,
                StateReason = isOpen || issue.IsPullRequest ? null : "completed",
                IsPullRequest = issue.IsPullRequest,
                User = issue.User,
                Labels = [.. issue.Labels],
                Assignees = [.. issue.Assignees],
                Milestone = issue.Milestone,
                CreatedAt = createdAt,
                UpdatedAt = createdAt,
                ClosedAt = isOpen ? null : createdAt.AddMinutes(30),
                InsertedAt = DateTimeOffset.MinValue,
            });
        }
    }

    static bool IsOpen(string state) =>
        state switch
        {
            "open" => true,
            "closed" => false,
            _ => throw new ArgumentException($"Unknown issue state '{state}': use open or closed."),
        };
}
