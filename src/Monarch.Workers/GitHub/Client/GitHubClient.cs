using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Budgets;
using Monarch.Workers.GitHub.Credentials;

namespace Monarch.Workers.GitHub.Client;

/// <summary>
/// GitHub's REST API as one account, as much of it as Monarch needs. It owns transport, paging and the sorting of every answer, and keeps to
/// the account's budget; it never tries again.
/// What fails throws <see cref="GitHubException"/>; a cancelled token throws <see cref="OperationCanceledException"/>, and a create
/// cancelled so may have happened.
/// </summary>
/// <remarks>
/// A name is asked for once, to learn the repository's id; everything else goes by the id, and no redirect is followed: a repository that
/// was renamed is found all the same, and the one that has taken its name is left alone.
/// </remarks>
sealed class GitHubClient(HttpClient http, GitHubAccount account, RequestBudget budget, TimeProvider time)
{
    const int PageLength = 100;

    readonly Uri _base = http.BaseAddress ?? throw new ArgumentException("The client needs a base address.", nameof(http));

    /// <summary>The time for one request, until its whole answer is read.</summary>
    public TimeSpan Timeout => http.Timeout;

    public GitHubAccount Account => account;

    /// <summary>Finds a repository by its name, also by a former one.</summary>
    public async Task<Repository> GetRepositoryAsync(string fullName, CancellationToken ct)
    {
        var request = Get(RepositoryAddress.ByName(fullName) ?? throw Refused(
            $"'{fullName}' is not the name of a repository.",
            "Name the repository as owner/name, as it stands in its address on GitHub."));
        using var answer = await ReadAsync(request, ct);
        if (NewAddress(request, answer) is not { } address)
            return await ReadAsync(answer, GitHubJson.Default.Repository, ct);

        using var moved = await ReadAsync(request with { Address = address }, ct);
        return await ReadAsync(moved, GitHubJson.Default.Repository, ct);
    }

    /// <summary>The repository as it is now, whatever it is called.</summary>
    public async Task<Repository> GetRepositoryAsync(long id, CancellationToken ct)
    {
        using var answer = await ReadAsync(Get(RepositoryAddress.ById(id)), ct);
        return await ReadAsync(answer, GitHubJson.Default.Repository, ct);
    }

    /// <summary>Lists all issues, open and closed, page by page as GitHub gives them: pull requests are among them.</summary>
    public async IAsyncEnumerable<IssuePage> ListIssuesAsync(
        long repositoryId, IssueOrder order, [EnumeratorCancellation] CancellationToken ct)
    {
        var direction = order == IssueOrder.OldestFirst ? "asc" : "desc";
        var request = Get($"{RepositoryAddress.ById(repositoryId)}/issues?state=all&sort=created&direction={direction}&per_page={PageLength}");
        for (Uri? page = request.Address; page is not null;)
        {
            using var answer = await ReadAsync(request with { Address = page }, ct);
            var issues = await ReadAsync(answer, GitHubJson.Default.IReadOnlyListIssue, ct);
            var next = NextPage(answer, page);
            yield return new(new(page, answer.Headers.ETag?.ToString(), next is null && issues.Count == PageLength), issues);
            page = next;
        }
    }

    /// <summary>Whether a page is what it was. Of one that is, GitHub says so with a 304, which counts for nothing.</summary>
    /// <remarks>docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api, section "Use conditional requests".</remarks>
    public async Task<bool> IsUnchangedAsync(PageTag page, CancellationToken ct)
    {
        if (page.ETag is null || !RepositoryAddress.IsBelow(_base, page.Address))
            return false;

        var request = new GitHubRequest(HttpMethod.Get, page.Address, null) { IfNoneMatch = page.IsFullAndLast ? null : page.ETag };
        using var answer = await ReadAsync(request, ct);
        return answer.StatusCode == HttpStatusCode.NotModified
            || (answer.IsSuccessStatusCode
                ? page.ETag == answer.Headers.ETag?.ToString() && (!page.IsFullAndLast || LinkHeader.Next(answer) is null)
                : throw await RefusedAsync(answer, ct));
    }

    /// <summary>Whether an issue is gone. One that was moved to another repository is not: somebody has it.</summary>
    public async Task<bool> IsGoneAsync(long repositoryId, int number, CancellationToken ct)
    {
        using var answer = await ReadAsync(Get($"{RepositoryAddress.ById(repositoryId)}/issues/{number}"), ct);
        if (answer.StatusCode is HttpStatusCode.Gone or HttpStatusCode.NotFound)
            return true;
        return answer.IsSuccessStatusCode || IsRedirect(answer) ? false : throw await RefusedAsync(answer, ct);
    }

    /// <summary>Creates an issue in the repository of this id, and in no other. It ends the admission, however it ends itself.</summary>
    public async Task<Issue> CreateIssueAsync(long repositoryId, string title, string body, Admission admission, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new NewIssue(title, body), GitHubJson.Default.NewIssue);
        var request = new GitHubRequest(HttpMethod.Post, new Uri(_base, $"{RepositoryAddress.ById(repositoryId)}/issues"), json);
        using var answer = await SendAsync(request, admission, ct);
        return await ReadAsync(answer, GitHubJson.Default.Issue, ct);
    }

    async Task<HttpResponseMessage> ReadAsync(GitHubRequest request, CancellationToken ct) =>
        await SendAsync(request, await budget.EnterAsync(account.Key, BudgetKind.Read, null, ct), ct);

    // A wait for the budget is over by now: it is no part of the time-out.
    async Task<HttpResponseMessage> SendAsync(GitHubRequest request, Admission admission, CancellationToken ct)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await request.SendAsync(http, account, ct);
        }
        catch (Exception e)
        {
            await budget.LeaveAsync(admission, Outcomes.Of(e));
            throw;
        }

        var refusal = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests ? await RefusedAsync(answer, ct) : null;
        var leaving = budget.LeaveAsync(admission, Outcomes.Of(answer, refusal?.Throttle, time.GetUtcNow()));
        if (refusal?.Throttle is null)
        {
            // Nobody waits until the budget knows: what was created is to stand in the ledger as soon as can be.
            return answer;
        }

        using (answer)
            throw await leaving is { Ticks: > 0 } closed ? refusal.Until(time.GetUtcNow() + closed) : refusal;
    }

    GitHubRequest Get(string path) => new(HttpMethod.Get, new Uri(_base, path), null);

    async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class => answer.IsSuccessStatusCode ? await GitHubAnswer.ReadAsync(answer, type, ct) : throw await RefusedAsync(answer, ct);

    Task<GitHubException> RefusedAsync(HttpResponseMessage answer, CancellationToken ct) => GitHubAnswer.RefusedAsync(answer, time.GetUtcNow(), ct);

    /// <summary>Where a redirect leads, if that is the numeric address of a repository on the same server; null for every other answer.</summary>
    Uri? NewAddress(GitHubRequest request, HttpResponseMessage answer) =>
        IsRedirect(answer)
        && answer.Headers.Location is { } location
        && new Uri(request.Address, location) is var address
        && RepositoryAddress.Id(_base, address) is not null
            ? address
            : null;

    Uri? NextPage(HttpResponseMessage answer, Uri page)
    {
        if (LinkHeader.Next(answer) is not { } link)
            return null;

        return Uri.TryCreate(page, link, out var next) && RepositoryAddress.IsBelow(_base, next)
            ? next
            : throw Refused(
                "GitHub's link to the next page leads to another server.",
                "Set GITHUB_API_URL to the address that the server itself uses in its links, with the same scheme, host and port.");
    }

    static bool IsRedirect(HttpResponseMessage answer) => answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    static GitHubException Refused(string message, string remedy) =>
        new(new Failure { Kind = FailureKind.RefusedTarget, Message = message, Remedy = remedy }, mayHaveHappened: false);
}
