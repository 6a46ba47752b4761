using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Monarch.Contracts;

namespace Monarch.Workers.GitHub.Client;

/// <summary>
/// GitHub's REST API, as much of it as Monarch needs. It owns transport, paging and the sorting of every answer; it never tries again.
/// What fails throws <see cref="GitHubException"/>; a cancelled token throws <see cref="OperationCanceledException"/>, and a create
/// cancelled so may have happened.
/// </summary>
sealed class GitHubClient(HttpClient http, TimeProvider time)
{
    readonly Uri _base = http.BaseAddress ?? throw new ArgumentException("The client needs a base address.", nameof(http));

    /// <summary>The time for one request, until its whole answer is read. A redirect makes two requests.</summary>
    public TimeSpan Timeout => http.Timeout;

    /// <summary>Finds a repository by its name, also by a former one.</summary>
    public async Task<Repository> GetRepositoryAsync(string fullName, CancellationToken ct)
    {
        var request = new GitHubRequest(HttpMethod.Get, Address(fullName, ""), null);
        using var answer = await SendAsync(request, mayFollow: id => id is not null, ct);
        return await GitHubAnswer.ReadAsync(answer, GitHubJson.Default.Repository, ct);
    }

    /// <summary>Lists all issues, open and closed, page by page as GitHub gives them: pull requests are among them.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Issue>> ListIssuesAsync(
        RepositoryReference repository, IssueOrder order, [EnumeratorCancellation] CancellationToken ct)
    {
        var direction = order == IssueOrder.OldestFirst ? "asc" : "desc";
        Uri? page = Address(repository.FullName, $"/issues?state=all&sort=created&direction={direction}&per_page=100");

        while (page is not null)
        {
            using var answer = await SendAsync(new GitHubRequest(HttpMethod.Get, page, null), id => id == repository.Id, ct);
            var issues = await GitHubAnswer.ReadAsync(answer, GitHubJson.Default.IReadOnlyListIssue, ct);
            page = NextPage(answer, page);
            yield return issues;
        }
    }

    public async Task<Issue> CreateIssueAsync(RepositoryReference repository, string title, string body, CancellationToken ct)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(new NewIssue(title, body), GitHubJson.Default.NewIssue);
        var request = new GitHubRequest(HttpMethod.Post, Address(repository.FullName, "/issues"), json);
        using var answer = await SendAsync(request, id => id == repository.Id, ct);
        return await GitHubAnswer.ReadAsync(answer, GitHubJson.Default.Issue, ct);
    }

    Uri Address(string fullName, string rest) =>
        RepositoryAddress.ByName(fullName) is { } path
            ? new Uri(_base, path + rest)
            : throw Refused(
                $"'{fullName}' is not the name of a repository.",
                "Name the repository as owner/name, as it stands in its address on GitHub.");

    /// <summary>Follows one redirect, to the same server and to a repository's numeric address, when the caller agrees with the id.</summary>
    async Task<HttpResponseMessage> SendAsync(GitHubRequest request, Func<long?, bool> mayFollow, CancellationToken ct)
    {
        var answer = await request.SendAsync(http, ct);

        if (answer.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
                or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            && answer.Headers.Location is { } location
            && new Uri(request.Address, location) is var target
            && RepositoryAddress.Id(_base, target) is { } id
            && mayFollow(id))
        {
            answer.Dispose();
            answer = await (request with { Address = target }).SendAsync(http, ct);
        }

        if (answer.IsSuccessStatusCode)
            return answer;

        using (answer)
            throw await GitHubAnswer.RefusedAsync(answer, time.GetUtcNow(), ct);
    }

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

    static GitHubException Refused(string message, string remedy) =>
        new(new Failure { Kind = FailureKind.RefusedTarget, Message = message, Remedy = remedy }, mayHaveHappened: false);
}
