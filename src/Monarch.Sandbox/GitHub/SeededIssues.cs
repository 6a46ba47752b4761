using Monarch.Sandbox.GitHub.Comments;
using Monarch.Sandbox.GitHub.Labels;
using Monarch.Sandbox.GitHub.Milestones;
using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>Creates the labels, milestones and issues of a seed.</summary>
static class SeededIssues
{
    public static void Fill(Repository repository, SeedRepository seed, RepositoryStore store, DateTimeOffset now)
    {
        repository.Assignees = seed.Assignees is null ? null : [.. seed.Assignees];
        AddLabels(repository, seed);
        AddMilestones(repository, seed);
        IReadOnlyList<SeedIssue> issues = [.. seed.Issues, .. GeneratedIssues.For(seed)];
        var firstCreatedAt = now.AddHours(-issues.Count);
        for (var i = 0; i < issues.Count; i++)
        {
            Add(repository, issues[i], store, issues[i].CreatedAt?.ToUniversalTime() ?? firstCreatedAt.AddHours(i));
        }

        for (var i = 0; i < seed.Issues.Count; i++)
        {
            Relate(repository, i + 1, seed.Issues[i], store);
        }
    }

    static void Add(Repository repository, SeedIssue issue, RepositoryStore store, DateTimeOffset createdAt)
    {
        var isOpen = IsOpen(issue.State);
        var labels = repository.Labels.Resolve(issue.Labels, DateTimeOffset.MinValue);
        if (issue.Milestone is { } milestone)
        {
            AddMilestone(repository, new() { Title = milestone });
        }

        var number = repository
            .Add(number => new Issue
            {
                Id = store.NextIssueId(),
                Number = number,
                Title = issue.Title,
                Body = issue.Body,
                IsOpen = isOpen,
                StateReason = issue.StateReason ?? (isOpen || issue.IsPullRequest ? null : "completed"),
                IsPullRequest = issue.IsPullRequest,
                User = issue.User,
                Labels = labels,
                Assignees = [.. issue.Assignees],
                Milestone = issue.Milestone,
                Type = issue.Type is null ? null : TypeOf(repository, issue.Type, store),
                IsLocked = issue.Locked,
                LockReason = issue.LockReason,
                Comments = issue.Comments.Count,
                CreatedAt = createdAt,
                UpdatedAt = createdAt,
                ClosedAt = isOpen ? null : createdAt.AddMinutes(30),
                InsertedAt = DateTimeOffset.MinValue,
            })
            .Number;
        foreach (var comment in issue.Comments)
        {
            createdAt = comment.CreatedAt?.ToUniversalTime() ?? createdAt.AddMinutes(1);
            repository.Comments.Set(
                new Comment
                {
                    Id = store.NextCommentId(),
                    IssueNumber = number,
                    User = comment.User,
                    Body = comment.Body,
                    CreatedAt = createdAt,
                    UpdatedAt = createdAt,
                    InsertedAt = DateTimeOffset.MinValue,
                }
            );
        }
    }

    static void AddLabels(Repository repository, SeedRepository seed)
    {
        foreach (var label in seed.Labels)
        {
            var added = new Label(label.Name, label.Color.ToLowerInvariant(), label.Description, DateTimeOffset.MinValue);
            if (LabelInput.Validate(added).FirstOrDefault() is { } invalid)
            {
                throw new ArgumentException($"The label '{label.Name}' has an invalid {invalid.Field}.");
            }

            if (!repository.Labels.Add(added))
            {
                throw new ArgumentException($"The label '{label.Name}' is repeated.");
            }
        }
    }

    static void AddMilestones(Repository repository, SeedRepository seed)
    {
        foreach (var milestone in seed.Milestones)
        {
            if (!AddMilestone(repository, milestone))
            {
                throw new ArgumentException($"The milestone '{milestone.Title}' is repeated.");
            }
        }
    }

    static bool AddMilestone(Repository repository, SeedMilestone milestone) =>
        repository.Milestones.Add(
            milestone.Title,
            number => new Milestone
            {
                Number = number,
                Title = milestone.Title,
                Description = milestone.Description,
                DueOn = milestone.DueOn?.ToUniversalTime(),
                CreatedAt = repository.CreatedAt,
                ClosedAt = IsOpen(milestone.State) ? null : repository.CreatedAt,
                InsertedAt = DateTimeOffset.MinValue,
            }
        )
            is not null;

    static void Relate(Repository repository, int number, SeedIssue issue, RepositoryStore store)
    {
        var id = IdOf(number);
        foreach (var child in issue.SubIssues)
        {
            Check(store.SubIssues.Add(id, IdOf(child), replaceParent: false, DateTimeOffset.MinValue));
        }

        foreach (var blocker in issue.BlockedBy)
        {
            Check(store.Dependencies.Add(id, IdOf(blocker), DateTimeOffset.MinValue));
        }

        long IdOf(int related) =>
            repository.Find(related)?.Id ?? throw new ArgumentException($"Issue {number} refers to issue {related}, which does not exist.");

        void Check(string? reason)
        {
            if (reason is not null)
            {
                throw new ArgumentException($"Issue {number}: {reason}.");
            }
        }
    }

    static string TypeOf(Repository repository, string type, RepositoryStore store) =>
        store.Organisations.FindType(repository.Owner, type)?.Name
        ?? throw new ArgumentException($"The organisation {repository.Owner} has no issue type '{type}'.");

    static bool IsOpen(string state) =>
        state switch
        {
            "open" => true,
            "closed" => false,
            _ => throw new ArgumentException($"Unknown state '{state}': use open or closed."),
        };
}
