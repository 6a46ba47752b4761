using System.Net;
using System.Text.Json.Serialization.Metadata;
using Monarch.Contracts;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Api;

/// <summary>Labels, milestones, types, assignees, comments, sub-issues and dependencies. Every write but that of a comment may be repeated.</summary>
sealed partial class GitHubClient
{
    // A single 404 proves nothing: GitHub also answers it for a moment for what exists.
    const int MaxNotFounds = 3;

    /// <summary>Lists a repository's labels.</summary>
    public Task<IReadOnlyList<Label>> ListLabelsAsync(long repositoryId, CancellationToken ct) =>
        ListAsync(At(repositoryId, "labels"), GitHubJson.Default.IReadOnlyListLabel, ct);

    /// <summary>Finds a label by its name. Unlike a listing, this does not lag behind.</summary>
    /// <returns>Null when it does not exist.</returns>
    public Task<Label?> FindLabelAsync(long repositoryId, string name, CancellationToken ct) =>
        OrNullAsync(() => GetAsync(At(repositoryId, $"labels/{Uri.EscapeDataString(name)}"), GitHubJson.Default.Label, ct));

    public Task<Label> CreateLabelAsync(long repositoryId, NewLabel label, CancellationToken ct) =>
        WriteAsync(HttpMethod.Post, At(repositoryId, "labels"), label, GitHubJson.Default.Label, ct);

    /// <summary>Lists a repository's open and closed milestones.</summary>
    public Task<IReadOnlyList<Milestone>> ListMilestonesAsync(long repositoryId, CancellationToken ct) =>
        ListAsync(At(repositoryId, "milestones?state=all"), GitHubJson.Default.IReadOnlyListMilestone, ct);

    /// <summary>Finds a milestone by its number. Unlike a listing, this does not lag behind.</summary>
    /// <returns>Null when it does not exist.</returns>
    public Task<Milestone?> FindMilestoneAsync(long repositoryId, int number, CancellationToken ct) =>
        OrNullAsync(() => GetAsync(At(repositoryId, $"milestones/{number}"), GitHubJson.Default.Milestone, ct));

    public Task<Milestone> CreateMilestoneAsync(long repositoryId, NewMilestone milestone, CancellationToken ct) =>
        WriteAsync(HttpMethod.Post, At(repositoryId, "milestones"), milestone, GitHubJson.Default.Milestone, ct);

    /// <summary>Lists the issue types of an organisation.</summary>
    /// <returns>None for an account that is no organisation, for a server without types, and without the right to read them.</returns>
    public async Task<IReadOnlyList<IssueType>> ListIssueTypesAsync(string owner, CancellationToken ct)
    {
        try
        {
            return await ListAsync(new Uri($"orgs/{owner}/issue-types", UriKind.Relative), GitHubJson.Default.IReadOnlyListIssueType, ct);
        }
        catch (GitHubException e) when (e.Failure is { Kind: FailureKind.RefusedTarget, Status: 403 or 404 })
        {
            return [];
        }
    }

    /// <summary>Whether issues of the repository can be assigned to an account.</summary>
    public async Task<bool> IsAssignableAsync(long repositoryId, string login, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(_base, At(repositoryId, $"assignees/{Uri.EscapeDataString(login)}"))
        );
        using var answer = await ReadAsync(request, ct);
        return answer.StatusCode switch
        {
            HttpStatusCode.NoContent => true,
            HttpStatusCode.NotFound => false,
            _ => throw GitHubAnswer.Refused(answer, time.GetUtcNow()),
        };
    }

    /// <summary>Gets an issue that was seen before.</summary>
    public Task<Issue> GetKnownIssueAsync(long repositoryId, int number, CancellationToken ct) =>
        ConfirmedAsync(() => GetAsync(At(repositoryId, $"issues/{number}"), GitHubJson.Default.Issue, ct, MalformedIssues.One));

    /// <summary>Changes an issue.</summary>
    public Task<Issue> ChangeIssueAsync(long repositoryId, int number, IssueChange change, CancellationToken ct) =>
        WriteAsync(HttpMethod.Patch, At(repositoryId, $"issues/{number}"), change, GitHubJson.Default.Issue, ct, MalformedIssues.One);

    /// <summary>Lists the comments on an issue, oldest first.</summary>
    public Task<IReadOnlyList<Comment>> ListCommentsAsync(long repositoryId, int number, CancellationToken ct) =>
        ConfirmedAsync(() => ListAsync(At(repositoryId, $"issues/{number}/comments"), GitHubJson.Default.IReadOnlyListComment, ct));

    /// <summary>Lists the comments on all issues and pull requests, oldest first.</summary>
    public Task<IReadOnlyList<Comment>> ListCommentsAsync(long repositoryId, CancellationToken ct) =>
        ListAsync(At(repositoryId, "issues/comments?sort=created&direction=asc"), GitHubJson.Default.IReadOnlyListComment, ct);

    /// <summary>Creates a comment, which must not be repeated. Ends the admission regardless of the outcome.</summary>
    /// <param name="repositoryId">The target repository.</param>
    /// <param name="number">The issue's number.</param>
    /// <param name="comment">The comment.</param>
    /// <param name="admission">The budget's admission.</param>
    /// <param name="sendBy">The timestamp after which the request is not sent.</param>
    /// <param name="ct">Cancels the request; it may have been carried out.</param>
    public Task<Comment> CreateCommentAsync(
        long repositoryId,
        int number,
        NewComment comment,
        Admission admission,
        long sendBy,
        CancellationToken ct
    ) => CreateAsync(At(repositoryId, $"issues/{number}/comments"), comment, GitHubJson.Default.Comment, null, admission, sendBy, ct);

    /// <summary>Lists the sub-issues of an issue, in their order, also those in other repositories.</summary>
    public Task<IReadOnlyList<Issue>> ListSubIssuesAsync(long repositoryId, int number, CancellationToken ct) =>
        ConfirmedAsync(() =>
            ListAsync(At(repositoryId, $"issues/{number}/sub_issues"), GitHubJson.Default.IReadOnlyListIssue, ct, MalformedIssues.All)
        );

    public Task<Issue> AddSubIssueAsync(long repositoryId, int number, long childId, CancellationToken ct) =>
        WriteAsync(
            HttpMethod.Post,
            At(repositoryId, $"issues/{number}/sub_issues"),
            new NewSubIssue(childId),
            GitHubJson.Default.Issue,
            ct,
            MalformedIssues.One
        );

    public Task<Issue> MoveSubIssueAsync(long repositoryId, int number, SubIssuePlace place, CancellationToken ct) =>
        WriteAsync(
            HttpMethod.Patch,
            At(repositoryId, $"issues/{number}/sub_issues/priority"),
            place,
            GitHubJson.Default.Issue,
            ct,
            MalformedIssues.One
        );

    /// <summary>Lists the issues that block an issue, also those in other repositories.</summary>
    public Task<IReadOnlyList<Issue>> ListBlockingAsync(long repositoryId, int number, CancellationToken ct) =>
        ConfirmedAsync(() =>
            ListAsync(
                At(repositoryId, $"issues/{number}/dependencies/blocked_by"),
                GitHubJson.Default.IReadOnlyListIssue,
                ct,
                MalformedIssues.All
            )
        );

    public Task<Issue> AddBlockingAsync(long repositoryId, int number, long blockingId, CancellationToken ct) =>
        WriteAsync(
            HttpMethod.Post,
            At(repositoryId, $"issues/{number}/dependencies/blocked_by"),
            new NewBlockingIssue(blockingId),
            GitHubJson.Default.Issue,
            ct,
            MalformedIssues.One
        );

    static async Task<T?> OrNullAsync<T>(Func<Task<T>> readAsync)
        where T : class
    {
        try
        {
            return await ConfirmedAsync(readAsync);
        }
        catch (GitHubException e) when (IsNotFound(e))
        {
            return null;
        }
    }

    /// <summary>Repeats a request while it is answered 404, a few times.</summary>
    static async Task<T> ConfirmedAsync<T>(Func<Task<T>> sendAsync)
    {
        for (var answers = 1; answers < MaxNotFounds; answers++)
        {
            try
            {
                return await sendAsync();
            }
            catch (GitHubException e) when (IsNotFound(e)) { } // Asked again.
        }

        return await sendAsync();
    }

    static bool IsNotFound(GitHubException exception) => exception.Failure is { Kind: FailureKind.RefusedTarget, Status: 404 };

    async Task<IReadOnlyList<T>> ListAsync<T>(
        Uri address,
        JsonTypeInfo<IReadOnlyList<T>> type,
        CancellationToken ct,
        LenientReader<IReadOnlyList<T>>? lenient = null
    )
    {
        var items = new List<T>();
        Uri? page = new(_base, address.OriginalString + (address.OriginalString.Contains('?') ? '&' : '?') + $"per_page={PageLength}");
        while (page is not null)
        {
            var call = Call(type, lenient, ReadAsync);
            items.AddRange((await call.Connection.Get<IReadOnlyList<T>>(page, null, null, ct)).Body);
            page = NextPage(LinkHeader.Next(call.Headers!), page);
        }

        return items;
    }

    Task<T> WriteAsync<T>(
        HttpMethod method,
        Uri address,
        object content,
        JsonTypeInfo<T> type,
        CancellationToken ct,
        LenientReader<T>? lenient = null
    )
        where T : class => ConfirmedAsync(() => WriteOnceAsync(method, address, content, type, lenient, ct));

    async Task<T> WriteOnceAsync<T>(
        HttpMethod method,
        Uri address,
        object content,
        JsonTypeInfo<T> type,
        LenientReader<T>? lenient,
        CancellationToken ct
    )
        where T : class
    {
        var admission = await budget.EnterAsync(account.Key, BudgetKind.Write, $"{method} {address}", ct);
        // Not cancelled: the answer to a request that was sent is awaited.
        var call = Call(type, lenient, (request, _) => SendAsync(request, admission, CancellationToken.None));
        return method == HttpMethod.Patch
            ? (await call.Connection.Patch<T>(address, content)).Body
            : (await call.Connection.Post<T>(address, content, null, "application/json", ct)).Body;
    }

    static Uri At(long repositoryId, string path) => new($"repositories/{repositoryId}/{path}", UriKind.Relative);
}
