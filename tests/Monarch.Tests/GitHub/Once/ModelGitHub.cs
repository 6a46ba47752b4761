using System.Globalization;
using System.Net;
using System.Text.Json;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Markdown;
using Monarch.Workers.GitHub.Transport;

namespace Monarch.Tests.GitHub.Once;

/// <summary>A target on GitHub: its issues, its listings and the posts in flight.</summary>
sealed class ModelGitHub(TimeProvider time)
{
    const int PageSize = 2;
    static readonly TimeSpan LongestPost = new GitHubOptions().Timeout;

    readonly List<(Issue Issue, DateTimeOffset ShownAt)> _issues = [];

    public List<ModelPost> InFlight { get; } = [];

    /// <summary>The numbers of the source's issues, in the order in which they were created.</summary>
    public IEnumerable<int> Copies =>
        _issues.Select(x => Marker.Find(x.Issue.Body, World.Key.SourceRepositoryId)?.IssueNumber).OfType<int>();

    public Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        var post = new ModelPost(IssueOf(request), time.GetUtcNow() + LongestPost);
        InFlight.Add(post);
        return post.Answer;
    }

    /// <summary>Creates an issue, which listings show after the lag.</summary>
    public Issue Create(NewIssue issue, TimeSpan lag)
    {
        var created = new Issue
        {
            Number = _issues.Count + 1,
            Title = issue.Title,
            Body = issue.Body,
            State = "open",
            CreatedAt = time.GetUtcNow(),
            HtmlUrl = "",
        };
        _issues.Add((created, time.GetUtcNow() + lag));
        return created;
    }

    /// <summary>The repository, one of its issues, or a page of them.</summary>
    public HttpResponseMessage Read(HttpRequestMessage request)
    {
        if (request.RequestUri!.Segments is [.., "issues/", var one])
        {
            var wanted = int.Parse(one, CultureInfo.InvariantCulture);
            var found = _issues.Find(x => x.Issue.Number == wanted && x.ShownAt <= time.GetUtcNow()).Issue;
            return found is null
                ? Answer(HttpStatusCode.NotFound, """{"message":"Not Found"}""")
                : Answer(HttpStatusCode.OK, JsonSerializer.Serialize(found, GitHubJson.Default.Issue));
        }

        if (!request.RequestUri!.AbsolutePath.EndsWith("/issues", StringComparison.Ordinal))
        {
            return Answer(HttpStatusCode.OK, $$"""{"id":{{World.Key.TargetRepositoryId}},"full_name":"teams/one","has_issues":true}""");
        }

        var query = request.RequestUri.Query;
        var page = query.Split("&page=") is [_, var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 1;
        var shown = _issues.Where(x => x.ShownAt <= time.GetUtcNow()).Select(x => x.Issue);
        var ordered = (query.Contains("direction=desc", StringComparison.Ordinal) ? shown.Reverse() : shown)
            .Skip((page - 1) * PageSize)
            .ToList();
        var answer = Answer(
            HttpStatusCode.OK,
            JsonSerializer.Serialize([.. ordered.Take(PageSize)], GitHubJson.Default.IReadOnlyListIssue)
        );
        if (ordered.Count > PageSize)
        {
            answer.Headers.Add("Link", $"<{request.RequestUri.AbsoluteUri.Split("&page=")[0]}&page={page + 1}>; rel=\"next\"");
        }

        return answer;
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json) };

    // Without await: the order of the posts is the order of the calls.
    static NewIssue IssueOf(HttpRequestMessage request)
    {
        using var body = request.Content!.ReadAsStream(CancellationToken.None);
        return JsonSerializer.Deserialize(body, GitHubJson.Default.NewIssue)!;
    }
}
