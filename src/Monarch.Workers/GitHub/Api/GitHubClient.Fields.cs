using System.Net;
using System.Text.Json.Serialization.Metadata;
using Monarch.Contracts;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Workers.GitHub.Api;

/// <summary>Labels, milestones, types, assignees, sub-issues and dependencies. Every write may be repeated.</summary>
sealed partial class GitHubClient
{
    /// <summary>Lists a repository's labels.</summary>
    public Task<IReadOnlyList<Label>> ListLabelsAsync(long repositoryId, CancellationToken ct) =>
        ListAsync(At(repositoryId, "labels"), GitHubJson.Default.IReadOnlyListLabel, ct);

    public Task<Label> CreateLabelAsync(long repositoryId, NewLabel label, CancellationToken ct) =>
        WriteAsync(HttpMethod.Post, At(repositoryId, "labels"), label, GitHubJson.Default.Label, ct);

    /// <summary>Lists a repository's open and closed milestones.</summary>
    public Task<IReadOnlyList<Milestone>> ListMilestonesAsync(long repositoryId, CancellationToken ct) =>
        ListAsync(At(repositoryId, "milestones?state=all"), GitHubJson.Default.IReadOnlyListMilestone, ct);

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

    /// <summary>Changes an issue.</summary>
    public Task<Issue> ChangeIssueAsync(long repositoryId, int number, IssueChange change, CancellationToken ct) =>
        WriteAsync(HttpMethod.Patch, At(repositoryId, $"issues/{number}"), change, GitHubJson.Default.Issue, ct, MalformedIssues.One);

    /// <summary>Lists the sub-issues of an issue, in their order, also those in other repositories.</summary>
    public Task<IReadOnlyList<Issue>> ListSubIssuesAsync(long repositoryId, int number, CancellationToken ct) =>
        ListAsync(At(repositoryId, $"issues/{number}/sub_issues"), GitHubJson.Default.IReadOnlyListIssue, ct, MalformedIssues.All);

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
        ListAsync(
            At(repositoryId, $"issues/{number}/dependencies/blocked_by"),
            GitHubJson.Default.IReadOnlyListIssue,
            ct,
            MalformedIssues.All
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

    async Task<T> WriteAsync<T>(
        HttpMethod method,
        Uri address,
        object content,
        JsonTypeInfo<T> type,
        CancellationToken ct,
        LenientReader<T>? lenient = null
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
