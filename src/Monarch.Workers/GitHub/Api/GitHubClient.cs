using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Monarch.Contracts;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.RateBudget;
using Monarch.Workers.GitHub.Transport;
using Octokit;

namespace Monarch.Workers.GitHub.Api;

/// <summary>
/// The part of GitHub's REST API that Monarch uses, as one account. Each request waits for the account's budget and is sent once, without
/// retries. A failure throws <see cref="GitHubException"/>; a cancelled token throws <see cref="OperationCanceledException"/>, and a
/// cancelled create may have been carried out.
/// </summary>
/// <remarks>
/// A name is used once, to resolve the repository's id; every other request uses the id, and no redirect is followed. A renamed repository
/// is therefore still found, and another one that took over its name is not written to.
/// </remarks>
sealed partial class GitHubClient(HttpClient http, GitHubAccount account, RequestBudget budget, TimeProvider time)
{
    /// <summary>Maximum attempts at a consistent listing. The last one is accepted even if the listing changes during each.</summary>
    public const int MaxListings = 3;

    const int PageLength = 100;

    readonly Uri _base = http.BaseAddress ?? throw new ArgumentException("The client needs a base address.", nameof(http));

    /// <summary>The time limit of one request, including its answer.</summary>
    public TimeSpan Timeout => http.Timeout;

    public GitHubAccount Account => account;

    /// <summary>Finds a repository by its current or a former name.</summary>
    public async Task<Repository> GetRepositoryAsync(string fullName, CancellationToken ct)
    {
        var address =
            RepositoryAddress.ByName(fullName)
            ?? throw Refused(
                $"'{fullName}' is not the name of a repository.",
                "Write it as owner/name, as in the repository's address on GitHub."
            );
        try
        {
            return await GetAsync(address, GitHubJson.Default.Repository, ct);
        }
        catch (GitHubException e) when (e.MovedTo is { } newAddress && RepositoryAddress.IsNumeric(_base, newAddress))
        {
            return await GetAsync(newAddress, GitHubJson.Default.Repository, ct);
        }
    }

    /// <summary>Gets a repository by its id.</summary>
    public Task<Repository> GetRepositoryAsync(long id, CancellationToken ct) =>
        GetAsync(ApiUrls.Repository(id), GitHubJson.Default.Repository, ct);

    /// <summary>Lists all open and closed issues page by page, including pull requests.</summary>
    public IAsyncEnumerable<IssuePage> ListIssuesAsync(long repositoryId, IssueOrder order, CancellationToken ct) =>
        ListIssuesAsync(FirstPage(repositoryId, order), ct);

    /// <summary>The address of the first page of a listing.</summary>
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

    /// <summary>Whether a stored address is a page of a listing on this GitHub server.</summary>
    public bool IsOwn(string address) => Uri.TryCreate(address, UriKind.Absolute, out var page) && RepositoryAddress.IsNumeric(_base, page);

    /// <summary>Lists issues from a page on.</summary>
    public async IAsyncEnumerable<IssuePage> ListIssuesAsync(Uri from, [EnumeratorCancellation] CancellationToken ct)
    {
        Uri? page = from;
        while (page is not null)
        {
            var call = Call(GitHubJson.Default.IReadOnlyListIssue, MalformedIssues.All, ReadAsync);
            var issues = (await call.Connection.Get<IReadOnlyList<Issue>>(page, null, null, ct)).Body;
            var next = NextPage(LinkHeader.Next(call.Headers!), page);
            yield return new(new(page, call.Headers!.ETag?.ToString(), next is null && issues.Count == PageLength), issues, next is null);
            page = next;
        }
    }

    /// <summary>Whether a page is unchanged. GitHub returns 304 for an unchanged page, which does not count against the limits.</summary>
    /// <remarks>
    /// docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api, section "Use conditional requests". Octokit's
    /// connection accepts no request headers, so this uses the transport directly.
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
            || (
                answer.IsSuccessStatusCode
                    ? page.ETag == answer.Headers.ETag?.ToString() && (!page.IsFullAndLast || LinkHeader.Next(answer.Headers) is null)
                    : throw GitHubAnswer.Refused(answer, time.GetUtcNow())
            );
    }

    /// <summary>
    /// Whether the pages of one listing are consistent. An issue that is deleted or transferred between two pages shifts the following
    /// ones by one place, so that one is on neither page; then an earlier page has changed. Pages without a tag count as unchanged.
    /// </summary>
    public async Task<bool> AreConsistentAsync(IReadOnlyList<PageTag> pages, CancellationToken ct)
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

    /// <summary>Finds one issue or pull request.</summary>
    /// <returns>
    /// The issue and 200; otherwise null and the status: 410 when it was deleted or issues are turned off; 404 when it does not exist, is
    /// too new or not visible to the account; a redirect when it was transferred to another repository.
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

    /// <summary>Creates an issue. Ends the admission regardless of the outcome.</summary>
    /// <param name="repositoryId">The target repository.</param>
    /// <param name="issue">The issue.</param>
    /// <param name="admission">The budget's admission.</param>
    /// <param name="sendBy">The timestamp after which the request is not sent.</param>
    /// <param name="ct">Cancels the request; it may have been carried out.</param>
    public Task<Issue> CreateIssueAsync(long repositoryId, NewIssue issue, Admission admission, long sendBy, CancellationToken ct) =>
        CreateAsync(ApiUrls.Issues(repositoryId), issue, GitHubJson.Default.Issue, MalformedIssues.One, admission, sendBy, ct);

    async Task<T> CreateAsync<T>(
        Uri address,
        object content,
        JsonTypeInfo<T> type,
        LenientReader<T>? lenient,
        Admission admission,
        long sendBy,
        CancellationToken ct
    )
        where T : class
    {
        var call = Call(
            type,
            lenient,
            (request, cancellationToken) =>
            {
                request.Options.Set(SendDeadline.Option, sendBy);
                return SendAsync(request, admission, cancellationToken);
            }
        );
        return (await call.Connection.Post<T>(address, content, null, "application/json", ct)).Body;
    }

    async Task<T> GetAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken ct, LenientReader<T>? lenient = null)
        where T : class => (await Call(type, lenient, ReadAsync).Connection.Get<T>(address, null, null, ct)).Body;

    OctokitCall<T> Call<T>(
        JsonTypeInfo<T> type,
        LenientReader<T>? lenient,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> sendAsync
    )
        where T : class => new(_base, type, time, sendAsync, lenient);

    async Task<HttpResponseMessage> ReadAsync(HttpRequestMessage request, CancellationToken ct) =>
        await SendAsync(request, await budget.EnterAsync(account.Key, BudgetKind.Read, null, ct), ct);

    // The wait for the budget precedes this and is not part of the time limit.
    async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Admission admission, CancellationToken ct)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendOnceAsync(account.SetOn(request), ct);
        }
        catch (Exception e)
        {
            await budget.LeaveAsync(admission, Outcomes.Of(e));
            throw;
        }

        // Any 4xx may be a rate limit.
        var refusal = (int)answer.StatusCode is >= 400 and < 500 ? GitHubAnswer.Refused(answer, time.GetUtcNow()) : null;
        var release = budget.LeaveAsync(admission, Outcomes.Of(answer, refusal?.Throttle, time.GetUtcNow()));
        if (refusal?.Throttle is null)
        {
            // Returns without waiting for the budget: a created issue must be in the ledger as soon as possible.
            return answer;
        }

        using (answer)
        {
            throw await release is { Ticks: > 0 } wait ? refusal.Until(time.GetUtcNow() + wait) : refusal;
        }
    }

    // Every page receives the token, so a link must stay below the base address.
    Uri? NextPage(string? link, Uri page)
    {
        if (link is null)
        {
            return null;
        }

        return Uri.TryCreate(page, link, out var next) && RepositoryAddress.IsBelow(_base, next)
            ? next
            : throw Refused(
                "GitHub's link to the next page points to another server.",
                "Set GITHUB_API_URL to the address that the server itself uses in its links, with the same scheme, host and port."
            );
    }

    static GitHubException Refused(string message, string remedy) =>
        new(
            new Failure
            {
                Kind = FailureKind.RefusedTarget,
                Message = message,
                Remedy = remedy,
            },
            mayHaveHappened: false
        );
}

/// <summary>The order of a listing, by creation time.</summary>
enum IssueOrder
{
    OldestFirst,
    NewestFirst,
}
