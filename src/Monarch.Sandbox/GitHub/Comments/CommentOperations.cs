using System.Globalization;
using Monarch.Sandbox.GitHub.References;
using Monarch.Sandbox.GitHub.Wire;
using Monarch.Sandbox.Http;

namespace Monarch.Sandbox.GitHub.Comments;

/// <summary>The operations of the endpoints for comments on issues.</summary>
/// <remarks>https://docs.github.com/rest/issues/comments</remarks>
sealed class CommentOperations(GitHubState state)
{
    const int MaxBody = 65_536;

    public Answer List(GitHubCall call, Repository repository) =>
        IssueAccess.Read(
            call,
            repository,
            issue =>
            {
                var since = DateTimeOffset.MinValue;
                if (
                    call.Http.Query["since"].FirstOrDefault() is { Length: > 0 } text
                    && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out since)
                )
                {
                    return GitHubErrors.ValidationFailed(call.Documentation, new ErrorDetailJson("IssueComment", "invalid", "since"));
                }

                var until = state.ListedUntil();
                var comments = repository
                    .Comments.Of(issue.Number)
                    .Where(comment => comment.InsertedAt <= until && comment.UpdatedAt >= since)
                    .ToList();
                return Listing.Of(state, call, repository, comments, comment => new CommentJson(call.BaseUrl, repository, comment));
            }
        );

    public Answer ListAll(GitHubCall call, Repository repository)
    {
        if (RepositoryAccess.RefuseIssues(call, repository) is { } refusal)
        {
            return refusal;
        }

        var query = call.Http.Query;
        var isByUpdate = query["sort"].FirstOrDefault() == "updated";
        // GitHub ignores the direction without a sort.
        var isDescending = query["sort"].FirstOrDefault() is not null && query["direction"].FirstOrDefault() == "desc";
        var until = state.ListedUntil();
        var comments = repository.Comments.All.Where(comment => comment.InsertedAt <= until);
        var sorted = comments.OrderBy(comment => isByUpdate ? comment.UpdatedAt : comment.CreatedAt).ThenBy(comment => comment.Id).ToList();
        if (isDescending)
        {
            sorted.Reverse();
        }

        return Listing.Of(state, call, repository, sorted, comment => new CommentJson(call.BaseUrl, repository, comment));
    }

    public Answer Get(GitHubCall call, Repository repository) =>
        RepositoryAccess.RefuseIssues(call, repository)
        ?? (
            repository.Comments.Find(call.Long("comment")) is { } comment
                ? GitHubSerializer.Answer(200, new CommentJson(call.BaseUrl, repository, comment), call.Version)
                : GitHubErrors.NotFound(call.Documentation)
        );

    public Answer Create(GitHubCall call, Repository repository) =>
        IssueAccess.Write(
            call,
            repository,
            issue =>
            {
                if (issue.IsLocked && call.Caller.PermissionIn(repository) < Permission.Push)
                {
                    return GitHubErrors.Locked(call.Documentation);
                }

                return ReadBody(
                    call,
                    body =>
                    {
                        var now = state.Time.GetUtcNow();
                        var comment = repository.Comments.Set(
                            new Comment
                            {
                                Id = state.Repositories.NextCommentId(),
                                IssueNumber = issue.Number,
                                User = call.Caller.Account.Login,
                                Body = body,
                                CreatedAt = now,
                                UpdatedAt = now,
                                InsertedAt = now,
                            }
                        );
                        state.RecordReferences(repository, issue, body);
                        repository.Change(issue.Number, before => before with { Comments = before.Comments + 1, UpdatedAt = now });
                        var json = new CommentJson(call.BaseUrl, repository, comment);
                        return GitHubSerializer.Answer(201, json, call.Version).With("Location", json.Url);
                    }
                );
            }
        );

    public Answer Update(GitHubCall call, Repository repository) =>
        Change(
            call,
            repository,
            comment =>
                ReadBody(
                    call,
                    body =>
                    {
                        state.RecordReferences(repository, repository.Find(comment.IssueNumber)!, body);
                        var changed = repository.Comments.Set(comment with { Body = body, UpdatedAt = state.Time.GetUtcNow() });
                        return GitHubSerializer.Answer(200, new CommentJson(call.BaseUrl, repository, changed), call.Version);
                    }
                )
        );

    public Answer Delete(GitHubCall call, Repository repository) =>
        Change(
            call,
            repository,
            comment =>
            {
                repository.Comments.Remove(comment);
                repository.Change(comment.IssueNumber, before => before with { Comments = before.Comments - 1 });
                return new Answer(204, [], "application/json; charset=utf-8");
            }
        );

    static Answer Change(GitHubCall call, Repository repository, Func<Comment, Answer> carryOut) =>
        RepositoryAccess.RefuseWrite(call, repository) is { } refusal ? refusal
        : repository.Comments.Find(call.Long("comment")) is not { } comment ? GitHubErrors.NotFound(call.Documentation)
        : comment.User != call.Caller.Account.Login && call.Caller.PermissionIn(repository) < Permission.Push
            ? GitHubErrors.MustHaveAdminRights(call.Documentation)
        : carryOut(comment);

    static Answer ReadBody(GitHubCall call, Func<string, Answer> carryOut) =>
        RequestJson.Read(
            call,
            json =>
                (JsonText.Missing(json, "body") ?? JsonText.NotText(json, "body")) is { } invalid
                    ? GitHubErrors.InvalidRequest(invalid, call.Documentation)
                : Validate(JsonText.Of(json, "body")!) is { } message
                    ? GitHubErrors.ValidationFailed(
                        call.Documentation,
                        new ErrorDetailJson("IssueComment", "unprocessable", "data", message)
                    )
                : carryOut(JsonText.Of(json, "body")!)
        );

    static string? Validate(string body) =>
        string.IsNullOrWhiteSpace(body) ? "Body cannot be blank"
        : JsonText.Characters(body) > MaxBody ? $"Body is too long (maximum is {MaxBody} characters)"
        : null;
}
