using System.Globalization;
using System.Net;
using System.Text.Json;
using Monarch.Workers.GitHub.Api;

namespace Monarch.Tests.GitHub.Repositories;

/// <summary>Identical targets: first deleted copies, then moved ones; the other issues are the team's own.</summary>
sealed class ModelTargets(int issues, int deleted, int moved) : HttpMessageHandler
{
    const int PageSize = 100;

    public int Requests { get; private set; }

    /// <summary>The ledger's entries before.</summary>
    public IReadOnlyDictionary<int, int> Copies { get; } = Enumerable.Range(1, deleted + moved).ToDictionary(number => number);

    /// <summary>The ledger's entries afterwards.</summary>
    public IReadOnlyDictionary<int, int> Left { get; } = Enumerable.Range(deleted + 1, moved).ToDictionary(number => number);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        var (path, query) = (request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries), request.RequestUri.Query);
        var answer = path switch
        {
            ["repositories", var id] => Answer(HttpStatusCode.OK, $$"""{"id":{{id}},"full_name":"teams/n{{id}}","has_issues":true}"""),
            ["repositories", _, "issues", var number] when int.Parse(number, CultureInfo.InvariantCulture) <= deleted => Answer(
                HttpStatusCode.Gone,
                """{"message":"This issue was deleted"}"""
            ),
            ["repositories", _, "issues", _] => Moved(),
            _ => Page(request.RequestUri, query.Split("&page=") is [_, var page] ? int.Parse(page, CultureInfo.InvariantCulture) : 1),
        };
        answer.RequestMessage = request;
        return Task.FromResult(answer);
    }

    HttpResponseMessage Page(Uri address, int page)
    {
        var (there, first) = (issues, deleted + moved + 1 + ((page - 1) * PageSize));
        var left = there - ((page - 1) * PageSize);
        var listed = Enumerable
            .Range(first, Math.Clamp(left, 0, PageSize))
            .Select(number => new Issue
            {
                Number = number,
                Title = "Our own",
                Body = "",
                State = "open",
                CreatedAt = FakeTime.Start,
                HtmlUrl = "",
            });
        var answer = Answer(HttpStatusCode.OK, JsonSerializer.Serialize([.. listed], GitHubJson.Default.IReadOnlyListIssue));
        if (left > PageSize)
        {
            answer.Headers.Add("Link", $"<{address.AbsoluteUri.Split("&page=")[0]}&page={page + 1}>; rel=\"next\"");
        }

        return answer;
    }

    static HttpResponseMessage Moved()
    {
        var answer = Answer(HttpStatusCode.MovedPermanently, """{"message":"Moved Permanently"}""");
        answer.Headers.Location = new("http://github/repositories/99/issues/1");
        return answer;
    }

    static HttpResponseMessage Answer(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json) };
}
