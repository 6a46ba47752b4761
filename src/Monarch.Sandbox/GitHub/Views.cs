using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.GitHub;

/// <summary>Converts repositories and their issues to the format of the admin endpoints.</summary>
static class Views
{
    public static RepositoryView Of(RepositoryStore repositories, Repository repository, bool withIssues) =>
        new()
        {
            Id = repository.Id,
            FullName = repository.FullName,
            Count = repository.Count,
            HighestConcurrentCreations = repository.HighestConcurrentCreations,
            Issues = withIssues ? [.. repository.Issues().Select(issue => Of(repositories, repository, issue))] : null,
            Labels = [.. repository.Labels.All.Select(label => new LabelView(label.Name, label.Color, label.Description))],
            Milestones =
            [
                .. repository.Milestones.All.Select(milestone => new MilestoneView(
                    milestone.Number,
                    milestone.Title,
                    milestone.Description,
                    milestone.IsOpen ? "open" : "closed",
                    milestone.DueOn
                )),
            ],
        };

    static IssueView Of(RepositoryStore repositories, Repository repository, Issue issue)
    {
        var (tree, graph) = (repositories.SubIssues, repositories.Dependencies);
        return new(
            issue.Number,
            issue.Title,
            issue.Body,
            issue.IsOpen ? "open" : "closed",
            issue.IsPullRequest,
            issue.User,
            issue.Labels,
            issue.CreatedAt
        )
        {
            Id = issue.Id,
            StateReason = issue.StateReason,
            Milestone = issue.Milestone,
            Type = issue.Type,
            Assignees = issue.Assignees,
            Locked = issue.IsLocked,
            Comments =
                issue.Comments == 0
                    ? []
                    :
                    [
                        .. repository
                            .Comments.Of(issue.Number)
                            .Select(comment => new CommentView(comment.Id, comment.User, comment.Body, comment.CreatedAt)),
                    ],
            Parent = tree.ParentOf(issue.Id) is { } parent ? NameOf(repositories, parent) : null,
            SubIssues = NamesOf(repositories, tree.ChildrenOf(issue.Id, DateTimeOffset.MaxValue)),
            BlockedBy = NamesOf(repositories, graph.BlockersOf(issue.Id, DateTimeOffset.MaxValue)),
            ReferencedBy = NamesOf(repositories, repositories.References.SourcesOf(issue.Id)),
        };
    }

    static string[] NamesOf(RepositoryStore repositories, IReadOnlyList<long> ids) =>
        [.. ids.Select(id => NameOf(repositories, id)).OfType<string>()];

    static string? NameOf(RepositoryStore repositories, long id) =>
        repositories.FindIssue(id) is { } found ? $"{found.Repository.FullName}#{found.Issue.Number}" : null;
}
