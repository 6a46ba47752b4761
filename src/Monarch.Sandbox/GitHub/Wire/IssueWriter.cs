using System.Runtime.InteropServices;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>Converts issues to GitHub's format.</summary>
sealed class IssueWriter(GitHubState state, string baseUrl, Repository repository)
{
    readonly string _repositoryUrl = $"{baseUrl}repos/{repository.FullName}";
    readonly Dictionary<string, UserJson> _users = [];
    readonly Dictionary<string, LabelJson?> _labels = [];
    readonly Dictionary<string, MilestoneJson?> _milestones = [];
    readonly string _htmlUrl = $"https://github.com/{repository.FullName}";

    public string UrlOf(Issue issue) => $"{_repositoryUrl}/issues/{issue.Number}";

    public IssueJson Write(Issue issue)
    {
        var url = UrlOf(issue);
        var pull = $"{_htmlUrl}/pull/{issue.Number}";
        var assignees = Array.ConvertAll([.. issue.Assignees], (string login) => User(login));
        var json = new IssueJson
        {
            Url = url,
            RepositoryUrl = _repositoryUrl,
            LabelsUrl = url + "/labels{/name}",
            CommentsUrl = url + "/comments",
            EventsUrl = url + "/events",
            HtmlUrl = issue.IsPullRequest ? pull : $"{_htmlUrl}/issues/{issue.Number}",
            Id = issue.Id,
            NodeId = NodeIds.Of(issue.IsPullRequest ? "PR" : "I", issue.Id),
            Number = issue.Number,
            Title = issue.Title,
            User = issue.User is null ? null : User(issue.User),
            Labels = issue.Labels.Count == 0 ? [] : [.. issue.Labels.Select(Label).OfType<LabelJson>()],
            State = issue.IsOpen ? "open" : "closed",
            Locked = issue.IsLocked,
            ActiveLockReason = issue.LockReason,
            Assignee = assignees.Length == 0 ? null : assignees[0],
            Assignees = assignees,
            Milestone = issue.Milestone is null ? null : Milestone(issue.Milestone),
            Comments = issue.Comments,
            CreatedAt = Times.Of(issue.CreatedAt),
            UpdatedAt = Times.Of(issue.UpdatedAt),
            ClosedAt = issue.ClosedAt is { } closedAt ? Times.Of(closedAt) : null,
            AuthorAssociation = AuthorAssociations.Of(issue.User, repository),
            Draft = issue.IsPullRequest ? false : null,
            PullRequest = issue.IsPullRequest
                ? new PullRequestJson($"{_repositoryUrl}/pulls/{issue.Number}", pull, pull + ".diff", pull + ".patch", MergedAt: null)
                : null,
            Body = issue.Body,
            ClosedBy = issue.ClosedBy is null ? null : User(issue.ClosedBy),
            TimelineUrl = url + "/timeline",
            StateReason = issue.StateReason,
            HasRelations = !state.Options.OlderEnterpriseServer,
        };
        return json.HasRelations ? WithRelations(json, issue) : json;
    }

    IssueJson WithRelations(IssueJson json, Issue issue)
    {
        var (tree, graph) = (state.Repositories.SubIssues, state.Repositories.Dependencies);
        var children = Find(tree.ChildrenOf(issue.Id, DateTimeOffset.MaxValue));
        var blockers = Find(graph.BlockersOf(issue.Id, DateTimeOffset.MaxValue));
        var blocked = Find(graph.BlockedBy(issue.Id, DateTimeOffset.MaxValue));
        return json with
        {
            Type =
                issue.Type is not null && state.Repositories.Organisations.FindType(repository.Owner, issue.Type) is { } type
                    ? IssueTypeJson.Of(type, state.StartedAt)
                    : null,
            ParentIssueUrl =
                tree.ParentOf(issue.Id) is { } id && state.Repositories.FindIssue(id) is { } parent
                    ? $"{baseUrl}repos/{parent.Repository.FullName}/issues/{parent.Issue.Number}"
                    : null,
            SubIssuesSummary = SubIssuesSummaryJson.Of(children.Count, children.Count(child => !child.IsOpen)),
            IssueDependenciesSummary = new(
                blockers.Count(blocker => blocker.IsOpen),
                blockers.Count,
                blocked.Count(other => other.IsOpen),
                blocked.Count
            ),
        };
    }

    List<Issue> Find(IReadOnlyList<long> ids) =>
        ids.Count == 0 ? [] : [.. ids.Select(id => state.Repositories.FindIssue(id)?.Issue).OfType<Issue>()];

    UserJson User(string login) => CollectionsMarshal.GetValueRefOrAddDefault(_users, login, out _) ??= new(baseUrl, login);

    LabelJson? Label(string name) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_labels, name, out _) ??= repository.Labels.Find(name) is { } label
            ? LabelJson.Of(_repositoryUrl, label)
            : null;

    MilestoneJson? Milestone(string title) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_milestones, title, out _) ??= repository.Milestones.Find(title) is { } milestone
            ? new(baseUrl, repository, milestone)
            : null;
}
