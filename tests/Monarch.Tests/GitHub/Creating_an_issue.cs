using System.Text.Json;
using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Creating_an_issue
{
    [Fact]
    public async Task Should_send_title_and_body_and_read_the_issue()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(201, GitHubStub.IssueJson(12)));

        var issue = await CreateAsync(github, "Títle 😀 <b>", "line 1\r\nline 2 \"quoted\" \u200b");

        issue.Number.ShouldBe(12);
        var request = github.Server.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Target.ShouldBe("/repositories/42/issues");
        request.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        request.Headers["X-GitHub-Api-Version"].ShouldBe("2022-11-28");
        request.Headers["Accept"].ShouldBe("application/vnd.github+json");
        using var json = JsonDocument.Parse(request.Body);
        json.RootElement.EnumerateObject().Select(x => x.Name).ShouldBe(["title", "body"]);
        json.RootElement.GetProperty("title").GetString().ShouldBe("Títle 😀 <b>");
        json.RootElement.GetProperty("body").GetString().ShouldBe("line 1\r\nline 2 \"quoted\" \u200b");
    }

    [Fact]
    public async Task Should_send_the_longest_body_completely()
    {
        var body = string.Concat(Enumerable.Repeat("😀", 65_536));
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(201, GitHubStub.IssueJson(1)));

        await CreateAsync(github, "x", body);

        using var json = JsonDocument.Parse(github.Server.Requests.Single().Body);
        json.RootElement.GetProperty("body").GetString().ShouldBe(body);
    }

    [Fact]
    public async Task Should_replace_a_lone_surrogate()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(201, GitHubStub.IssueJson(1)));

        await CreateAsync(github, "x", "half \ud83d a face");

        using var json = JsonDocument.Parse(github.Server.Requests.Single().Body);
        json.RootElement.GetProperty("body").GetString().ShouldBe("half \ufffd a face");
    }

    [Theory]
    [InlineData(301, "/repositories/42/issues", true)]
    [InlineData(302, "/repositories/43/issues", false)]
    [InlineData(303, "/repositories/43/issues", false)]
    [InlineData(307, "/repositories/43/issues", true)]
    [InlineData(307, "/repos/nss/cider-falls-2/issues", false)]
    [InlineData(308, "/repositories/43/issues", true)]
    public async Task Should_never_write_to_another_repository(int status, string path, bool isMove)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(status, "{}", $"Location: http://{x.Request.Host}{path}"));

        await ShouldNotBeFollowedAsync(github, isMove);

        github.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(301, true)]
    [InlineData(302, false)]
    [InlineData(303, false)]
    [InlineData(307, true)]
    [InlineData(308, true)]
    public async Task Should_never_write_to_another_server(int status, bool isMove)
    {
        await using var elsewhere = await StubServer.StartAsync(x => x.AnswerAsync(201, GitHubStub.IssueJson(7)));
        await using var github = await GitHubStub.StartAsync(x =>
            x.AnswerAsync(status, "{}", $"Location: {new Uri(elsewhere.Url, "repositories/42/issues")}")
        );

        await ShouldNotBeFollowedAsync(github, isMove);

        github.Server.Requests.Count.ShouldBe(1);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Should_not_accept_a_redirect_without_an_address(int status)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(status, """{"message":"Moved"}"""));

        await ShouldNotBeFollowedAsync(github, isMove: false);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public async Task Should_report_a_possible_creation_when_the_server_failed(int status)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(status, "<html>unicorn</html>"));

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github));

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.Failure.Status.ShouldBe(status);
        failure.Message.ShouldNotContain("unicorn");
        failure.MayHaveHappened.ShouldBeTrue();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(451)]
    public async Task Should_report_no_creation_when_GitHub_refused(int status)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(status, "{}"));

        (await Should.ThrowAsync<GitHubException>(() => CreateAsync(github))).MayHaveHappened.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"id\":")]
    [InlineData("[]")]
    [InlineData("{\"id\":1,\"title\":\"x\",\"state\":\"open\",\"created_at\":\"2026-08-01T08:00:00Z\"}")]
    [InlineData("<html>Welcome to the hotel</html>", "text/html")]
    [InlineData("", "text/html")]
    public async Task Should_report_a_possible_creation_when_the_answer_is_unreadable(string body, string contentType = "application/json")
    {
        await using var github = await GitHubStub.StartAsync(x =>
            x.AnswerAsync(201, body, "X-GitHub-Request-Id: AB:CD", "Content-Type: " + contentType)
        );

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github));

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.Failure.RequestId.ShouldBe("AB:CD");
        failure.MayHaveHappened.ShouldBeTrue();
    }

    static async Task ShouldNotBeFollowedAsync(GitHubStub github, bool isMove)
    {
        var refusal = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github));

        refusal.Failure.Kind.ShouldBe(isMove ? FailureKind.RefusedTarget : FailureKind.Transient);
        refusal.Failure.Remedy!.ShouldContain(isMove ? "current name" : "proxy");
        refusal.MayHaveHappened.ShouldBeFalse();
    }

    static Task<Issue> CreateAsync(GitHubStub github, string title = "A ticket", string body = "Text") =>
        github.Client.CreateIssueAsync(GitHubStub.RepositoryId, title, body, TestContext.Current.CancellationToken);
}
