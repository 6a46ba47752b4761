using Monarch.Sandbox.GitHub.Comments;

namespace Monarch.Sandbox.GitHub.Wire;

/// <summary>GitHub's comment on an issue.</summary>
sealed class CommentJson(string baseUrl, Repository repository, Comment comment)
{
    public string Url => $"{baseUrl}repos/{repository.FullName}/issues/comments/{comment.Id}";
    public string HtmlUrl => $"https://github.com/{repository.FullName}/issues/{comment.IssueNumber}#issuecomment-{comment.Id}";
    public string IssueUrl => $"{baseUrl}repos/{repository.FullName}/issues/{comment.IssueNumber}";
    public long Id => comment.Id;
    public string NodeId => NodeIds.Of("IC", comment.Id);
    public UserJson? User { get; } = comment.User is null ? null : new(baseUrl, comment.User);
    public string CreatedAt { get; } = Times.Of(comment.CreatedAt);
    public string UpdatedAt { get; } = Times.Of(comment.UpdatedAt);
    public string AuthorAssociation { get; } = AuthorAssociations.Of(comment.User, repository);
    public string Body => comment.Body;
    public string? PerformedViaGithubApp { get; }
}
