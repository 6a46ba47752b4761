using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Budgets;
using Monarch.Workers.GitHub.Credentials;
using Octokit;

namespace Monarch.Workers.GitHub.Client;

/// <summary>
/// The part of GitHub's REST API that Monarch needs, as one account. Each request keeps to the account's budget and is sent once: there is
/// no retry. A failure throws <see cref="GitHubException"/>; a cancelled token throws <see cref="OperationCanceledException"/>, and a
/// create that was cancelled may have happened.
/// </summary>
/// <remarks>
/// A name is asked for once, to learn the repository's id; every other request goes by the id, and no redirect is followed: a repository
/// that was renamed is found all the same, and one that has taken over its name is left alone.
/// </remarks>
sealed class GitHubClient(HttpClient http, GitHubAccount account, RequestBudget budget, TimeProvider time)
{
    /// <summary>How often a listing is read until its pages fit together. One that changes all the time is taken as it is.</summary>
    public const int MostListings = 3;

    const int PageLength = 100;

    readonly Uri _base = http.BaseAddress ?? throw new ArgumentException("The client needs a base address.", nameof(http));

    /// <summary>The deadline of one request, until its whole answer is read.</summary>
    public TimeSpan Timeout => http.Timeout;

    public GitHubAccount Account => account;

    /// <summary>Finds a repository by its name, also by a former one.</summary>
    public async Task<Repository> GetRepositoryAsync(string fullName, CancellationToken ct)
    {
        var address = RepositoryAddress.ByName(fullName) ?? throw Refused(
            $"'{fullName}' is not the name of a repository.",
            "Name the repository as owner/name, as it stands in its address on GitHub.");
        try
        {
            return await GetAsync(address, GitHubJson.Default.Repository, ct);
        }
        catch (GitHubException e) when (e.MovedTo is { } newAddress && RepositoryAddress.IsNumeric(_base, newAddress))
        {
            return await GetAsync(newAddress, GitHubJson.Default.Repository, ct);
        }
    }

    /// <summary>The repository as it is now, whatever its name is.</summary>
    public Task<Repository> GetRepositoryAsync(long id, CancellationToken ct) => GetAsync(ApiUrls.Repository(id), GitHubJson.Default.Repository, ct);

    /// <summary>Lists all issues, open and closed, page by page as GitHub gives them: pull requests are among them.</summary>
    public IAsyncEnumerable<IssuePage> ListIssuesAsync(long repositoryId, IssueOrder order, CancellationToken ct) =>
        ListIssuesAsync(FirstPage(repositoryId, order), ct);

    /// <summary>Where a listing begins.</summary>
    public Uri FirstPage(long repositoryId, IssueOrder order)
    {
        var parameters = new Dictionary<string, string>
        {
            ["state"] = "all",
            ["sort"] = "created",
            ["direction"] = order == IssueOrder.OldestFirst ? "asc" : "desc",
            ["per_page"] = $"{PageLength}",
        };
        return new(_base, ApiUrls.Issues(repositoryId).ApplyParameters(parameters));
    }

    /// <summary>Whether an address that was kept for a while may be asked: a page of a listing of this GitHub.</summary>
    public bool IsOwn(string address) => Uri.TryCreate(address, UriKind.Absolute, out var page) && RepositoryAddress.IsNumeric(_base, page);

    /// <summary>The same from one page of a listing on.</summary>
    public async IAsyncEnumerable<IssuePage> ListIssuesAsync(Uri from, [EnumeratorCancellation] CancellationToken ct)
    {
        for (Uri? page = from; page is not null;)
        {
            var call = Call(GitHubJson.Default.IReadOnlyListIssue, MalformedIssues.All, ReadAsync);
            var issues = (await call.Connection.Get<IReadOnlyList<Issue>>(page, null, null, ct)).Body;
            var next = NextPage(LinkHeader.Next(call.Headers!), page);
            yield return new(new(page, call.Headers!.ETag?.ToString(), next is null && issues.Count == PageLength), issues, next is null);
            page = next;
        }
    }

    /// <summary>Whether a page is unchanged. GitHub answers an unchanged page with 304, which does not count against the limits.</summary>
    /// <remarks>
    /// docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api, section "Use conditional requests". Octokit's connection
    /// takes no request headers, so this is the transport's alone.
    /// </remarks>
    public async Task<bool> IsUnchangedAsync(PageTag page, CancellationToken ct)
    {
        if (page.ETag is null || !RepositoryAddress.IsBelow(_base, page.Address))
        {
            return false;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, page.Address);
        if (!page.IsFullAndLast)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", page.ETag);
        }

        using var answer = await ReadAsync(request, ct);
        return answer.StatusCode == HttpStatusCode.NotModified
            || (answer.IsSuccessStatusCode
                ? page.ETag == answer.Headers.ETag?.ToString() && (!page.IsFullAndLast || LinkHeader.Next(answer.Headers) is null)
                : throw GitHubAnswer.Refused(answer, time.GetUtcNow()));
    }

    /// <summary>
    /// Whether these pages of one listing fit together. An issue that is deleted or moved away between two pages shifts all behind it by
    /// one place, and one of them is on neither page; then a page before it has changed. A server without tags is believed.
    /// </summary>
    public async Task<bool> FitAsync(IReadOnlyList<PageTag> pages, CancellationToken ct)
    {
        foreach (var page in pages.SkipLast(1).Where(page => page.ETag is not null))
        {
            if (!await IsUnchangedAsync(page, ct))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks for one issue, or pull request.</summary>
    /// <returns>
    /// It; else null and why: 410 when it was deleted or issues are turned off; 404 when it does not exist, is too new or out of the
    /// account's reach; a redirect when it was moved to another repository.
    /// </returns>
    public async Task<(Issue? Issue, int Status)> FindIssueAsync(long repositoryId, int number, CancellationToken ct)
    {
        try
        {
            return (await GetAsync(ApiUrls.Issue(repositoryId, number), GitHubJson.Default.Issue, ct, MalformedIssues.One), 200);
        }
        catch (GitHubException e) when (e.MovedTo is not null || e.Failure.Status is 404 or 410)
        {
            return (null, e.Failure.Status ?? 0);
        }
    }

    /// <summary>Creates an issue in the repository of this id, and in no other. It ends the admission, whatever the outcome.</summary>
    /// <param name="repositoryId">Where.</param>
    /// <param name="title">The issue's title.</param>
    /// <param name="body">The issue's text.</param>
    /// <param name="admission">The budget's.</param>
    /// <param name="sendBy">The timestamp after which nothing is sent any more.</param>
    /// <param name="ct">Ends the request; it may have been carried out.</param>
    public async Task<Issue> CreateIssueAsync(
        long repositoryId, string title, string body, Admission admission, long sendBy, CancellationToken ct)
    {
        var call = Call(GitHubJson.Default.Issue, MalformedIssues.One, (request, cancellationToken) =>
        {
            request.Options.Set(SendDeadline.Option, sendBy);
            return SendAsync(request, admission, cancellationToken);
        });
        return (await call.Connection.Post<Issue>(ApiUrls.Issues(repositoryId), new NewIssue(title, body), null, "application/json", ct)).Body;
    }

    async Task<T> GetAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken ct, LenientReader<T>? lenient = null)
        where T : class => (await Call(type, lenient, ReadAsync).Connection.Get<T>(address, null, null, ct)).Body;

    OctokitCall<T> Call<T>(
        JsonTypeInfo<T> type, LenientReader<T>? lenient, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> sendAsync)
        where T : class => new(_base, type, time, sendAsync, lenient);

    async Task<HttpResponseMessage> ReadAsync(HttpRequestMessage request, CancellationToken ct) =>
        await SendAsync(request, await budget.EnterAsync(account.Key, BudgetKind.Read, null, ct), ct);

    // The wait for the budget is over before this: it is not part of the deadline.
    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Admission admission, CancellationToken ct)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, account, ct);
        }
        catch (Exception e)
        {
            await budget.LeaveAsync(admission, Outcomes.Of(e));
            throw;
        }

        // Any of them may be about the pace.
        var refusal = (int)answer.StatusCode is >= 400 and < 500
            ? GitHubAnswer.Refused(answer, time.GetUtcNow())
            : null;
        var leaving = budget.LeaveAsync(admission, Outcomes.Of(answer, refusal?.Throttle, time.GetUtcNow()));
        if (refusal?.Throttle is null)
        {
            // The answer does not wait for the budget: what was created must be in the ledger as soon as possible.
            return answer;
        }

        using (answer)
        {
            throw await leaving is { Ticks: > 0 } closed ? refusal.Until(time.GetUtcNow() + closed) : refusal;
        }
    }

    // Paging sends the token along, so that a link may only lead below the base address.
    Uri? NextPage(string? link, Uri page)
    {
        if (link is null)
        {
            return null;
        }

        return Uri.TryCreate(page, link, out var next) && RepositoryAddress.IsBelow(_base, next)
            ? next
            : throw Refused(
                "GitHub's link to the next page leads to another server.",
                "Set GITHUB_API_URL to the address that the server itself uses in its links, with the same scheme, host and port.");
    }

    static GitHubException Refused(string message, string remedy) =>
        new(new Failure { Kind = FailureKind.RefusedTarget, Message = message, Remedy = remedy }, mayHaveHappened: false);
}

/// <summary>In which order issues are listed, by the time of their creation.</summary>
enum IssueOrder
{
    OldestFirst,
    NewestFirst,
}

/// <summary>The request that creates an issue.</summary>
sealed record NewIssue(string Title, string Body);
