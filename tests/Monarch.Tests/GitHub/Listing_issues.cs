using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Listing_issues
{
    [Theory]
    [InlineData(nameof(IssueOrder.OldestFirst), "asc")]
    [InlineData(nameof(IssueOrder.NewestFirst), "desc")]
    public async Task Should_request_all_states_by_creation(string order, string direction)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, "[]"));

        (await ReadAsync(github, Enum.Parse<IssueOrder>(order))).ShouldHaveSingleItem().ShouldBeEmpty();

        github
            .Server.Requests.ShouldHaveSingleItem()
            .Target.ShouldBe($"/repositories/42/issues?state=all&sort=created&direction={direction}&per_page=100");
    }

    [Fact]
    public async Task Should_follow_the_link_header_to_the_last_page()
    {
        await using var github = await GitHubStub.StartAsync(x =>
            x.Request.Query["page"].ToString() switch
            {
                "" => x.AnswerAsync(
                    200,
                    $"[{GitHubStub.IssueJson(1)}]",
                    Links(x, "rel=\"prev\"", "0", "rel=\"next\"", "2", "rel=\"last\"", "3")
                ),
                "2" => x.AnswerAsync(
                    200,
                    $"[{GitHubStub.IssueJson(2)}]",
                    Links(x, "rel=\"first\"", "1", "title=\"a, b; rel=x\"; rel=next", "3")
                ),
                _ => x.AnswerAsync(200, $"[{GitHubStub.IssueJson(3)}]", Links(x, "rel=\"first\"", "1", "rel=\"prev\"", "2")),
            }
        );

        var pages = await ReadAsync(github);

        pages.Select(x => x.Single().Number).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Should_distinguish_pull_requests_from_issues()
    {
        var pullRequest = GitHubStub.IssueJson(2, more: ""","pull_request":{"url":"https://api.github.com/x"}""");
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, $"[{GitHubStub.IssueJson(1)},{pullRequest}]"));

        var page = (await ReadAsync(github)).ShouldHaveSingleItem();

        page.Select(x => x.IsPullRequest).ShouldBe([false, true]);
    }

    [Fact]
    public async Task Should_read_the_used_fields_of_an_issue()
    {
        const string More = """
            ,"labels":[{"name":"bug"}],"milestone":{"title":"Sprint 1"},"assignees":[{"login":"grace"}],"reactions":{"+1":3}
            """;
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, $"[{GitHubStub.IssueJson(7, more: More)}]"));

        var issue = (await ReadAsync(github)).Single().Single();

        issue.Title.ShouldBe("A ticket");
        issue.Body.ShouldBe("Text");
        issue.IsOpen.ShouldBeTrue();
        issue.CreatedAt.ShouldBe(new DateTimeOffset(2026, 8, 1, 8, 0, 0, TimeSpan.Zero));
        issue.HtmlUrl.ShouldBe("https://github.com/nss/cider-falls/issues/7");
        issue.Unreadable.ShouldBeNull();
    }

    [Fact]
    public async Task Should_handle_a_null_body_and_a_deleted_account()
    {
        const string Json = """
            [{"id":1,"number":1,"title":"x","body":null,"state":"closed","created_at":"2026-08-01T08:00:00Z","html_url":"h","user":null,
              "milestone":null,"assignees":null}]
            """;
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, Json));

        var issue = (await ReadAsync(github)).Single().Single();

        issue.Body.ShouldBeNull();
        issue.IsOpen.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"日本語 👩‍👩‍👧 \\u00e9 \\ud83d\\ude00\"", "日本語 👩‍👩‍👧 é 😀")]
    [InlineData("\"half \\ud83d a face\"", "half \ufffd a face")]
    [InlineData("\"other half \\uDE00\"", "other half \ufffd")]
    [InlineData("\"no escape \\\\ud83d, but this \\ud83d\"", "no escape \\ud83d, but this \ufffd")]
    [InlineData("\"turned \\ude00\\ud83d round\"", "turned \ufffd\ufffd round")]
    public async Task Should_handle_any_text(string json, string expected)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, $"[{GitHubStub.IssueJson(1, body: json)}]"));

        (await ReadAsync(github)).Single().Single().Body.ShouldBe(expected);
    }

    [Fact]
    public async Task Should_handle_invalid_UTF_8()
    {
        var json = Encoding.Latin1.GetBytes($"[{GitHubStub.IssueJson(1, body: "\"caf\u00e9\"")}]");
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, json));

        (await ReadAsync(github)).Single().Single().Body.ShouldBe("caf\ufffd");
    }

    [Fact]
    public async Task Should_follow_no_redirect()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(301, "{}", "Location: /repositories/43/issues"));

        (await Should.ThrowAsync<GitHubException>(() => ReadAsync(github))).Failure.Kind.ShouldBe(FailureKind.RefusedTarget);

        github.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("http:")]
    [InlineData("")]
    public async Task Should_not_follow_a_page_to_another_server(string scheme)
    {
        await using var elsewhere = await StubServer.StartAsync(x => x.AnswerAsync(200, "[]"));
        var next = $"{scheme}//{elsewhere.Url.Authority}/repositories/42/issues?page=2";
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, "[]", $"Link: <{next}>; rel=\"next\""));

        var refusal = await Should.ThrowAsync<GitHubException>(() => ReadAsync(github));

        refusal.Failure.Kind.ShouldBe(FailureKind.RefusedTarget);
        refusal.Failure.Remedy!.ShouldContain("GITHUB_API_URL");
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":1,"number":1,"title":"x","state":"open","created_at":"2026-08-01T08:00:00Z","html_url":"h"}""")]
    [InlineData("[1, null, {}]")]
    [InlineData("""[{"id":1,"message":"Welcome to the hotel"}]""")]
    [InlineData("<html>Welcome to the hotel</html>")]
    public async Task Should_be_transient_when_the_answer_is_not_a_list_of_issues(string body)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, body));

        (await Should.ThrowAsync<GitHubException>(() => ReadAsync(github))).Failure.Kind.ShouldBe(FailureKind.Transient);
    }

    [Fact]
    public async Task Should_not_follow_a_page_out_of_the_base_path()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, "[]", "Link: </login>; rel=\"next\""), "api/v3");

        await Should.ThrowAsync<GitHubException>(() => ReadAsync(github));
    }

    [Fact]
    public async Task Should_read_a_compressed_page()
    {
        await using var github = await GitHubStub.StartAsync(async x =>
        {
            x.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(x.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync(Encoding.UTF8.GetBytes($"[{GitHubStub.IssueJson(5)}]"));
        });

        (await ReadAsync(github)).Single().Single().Number.ShouldBe(5);
    }

    [Fact]
    public async Task Should_reject_an_endless_answer()
    {
        await using var github = await GitHubStub.StartAsync(async x =>
        {
            var piece = new byte[1024 * 1024];
            while (!x.RequestAborted.IsCancellationRequested)
            {
                await x.Response.Body.WriteAsync(piece);
            }
        });

        var refusal = await Should.ThrowAsync<GitHubException>(() => ReadAsync(github));

        refusal.Failure.Kind.ShouldBe(FailureKind.Transient);
        refusal.Message.ShouldContain("longer than");
    }

    static async Task<List<IReadOnlyList<Issue>>> ReadAsync(GitHubStub github, IssueOrder order = IssueOrder.OldestFirst)
    {
        var pages = new List<IReadOnlyList<Issue>>();
        await foreach (var page in github.Client.ListIssuesAsync(GitHubStub.RepositoryId, order, TestContext.Current.CancellationToken))
        {
            pages.Add(page.Issues);
        }

        return pages;
    }

    static string Links(HttpContext context, params string[] links) =>
        "Link: "
        + string.Join(
            ", ",
            links.Chunk(2).Select(x => $"<http://{context.Request.Host}/repositories/42/issues?q=a,b;c&page={x[1]}>; {x[0]}")
        );
}
