using System.Runtime.InteropServices;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>Converts issues to GitHub's format.</summary>
sealed class IssueWriter(string baseUrl, Repository repository)
{
    readonly string _repositoryUrl = $"{baseUrl}repos/{repository.FullName}";
    readonly Dictionary<string, UserJson> _users = [];
    readonly Dictionary<string, MilestoneJson> _milestones = [];
    readonly string _htmlUrl = $"https://github.com/{repository.FullName}";

    public string UrlOf(Issue issue) => $"{_repositoryUrl}/issues/{issue.Number}";

    public IssueJson Write(Issue issue)
    {
        var url = UrlOf(issue);
        var pull = $"{_htmlUrl}/pull/{issue.Number}";
        var assignees = Array.ConvertAll([.. issue.Assignees], (string login) => User(login));
        return new IssueJson
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
            Labels = Array.ConvertAll([.. issue.Labels], (string name) => LabelJson.Of(_repositoryUrl, name)),
            State = issue.IsOpen ? "open" : "closed",
            Assignee = assignees.Length == 0 ? null : assignees[0],
            Assignees = assignees,
            Milestone = issue.Milestone is null ? null : Milestone(issue.Milestone),
            Comments = issue.Comments,
            CreatedAt = Times.Of(issue.CreatedAt),
            UpdatedAt = Times.Of(issue.UpdatedAt),
            ClosedAt = issue.ClosedAt is { } closedAt ? Times.Of(closedAt) : null,
            AuthorAssociation = string.Equals(issue.User, repository.Owner, StringComparison.OrdinalIgnoreCase) ? "OWNER" : "NONE",
            Draft = issue.IsPullRequest ? false : null,
            PullRequest = issue.IsPullRequest
                ? new PullRequestJson($"{_repositoryUrl}/pulls/{issue.Number}", pull, pull + ".diff", pull + ".patch", MergedAt: null)
                : null,
            Body = issue.Body,
            TimelineUrl = url + "/timeline",
            StateReason = issue.StateReason,
        };
    }

    UserJson User(string login) => CollectionsMarshal.GetValueRefOrAddDefault(_users, login, out _) ??= new(baseUrl, login);

    MilestoneJson Milestone(string title) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_milestones, title, out _) ??= new(baseUrl, repository, title);
}
