using System.Text.Json;
using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Client;
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
        using var json = JsonDocument.Parse(request.Body);
        json.RootElement.EnumerateObject().Select(x => x.Name).ShouldBe(["title", "body"]);
        json.RootElement.GetProperty("title").GetString().ShouldBe("Títle 😀 <b>");
        json.RootElement.GetProperty("body").GetString().ShouldBe("line 1\r\nline 2 \"quoted\" \u200b");
    }

    [Fact]
    public async Task Should_send_the_longest_body_whole()
    {
        var body = string.Concat(Enumerable.Repeat("😀", 65_536));
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(201, GitHubStub.IssueJson(1)));

        await CreateAsync(github, "x", body);

        using var json = JsonDocument.Parse(github.Server.Requests.Single().Body);
        json.RootElement.GetProperty("body").GetString().ShouldBe(body);
    }

    [Fact]
    public async Task Should_send_half_a_character_as_the_replacement_character()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(201, GitHubStub.IssueJson(1)));

        await CreateAsync(github, "x", "half \ud83d a face");

        using var json = JsonDocument.Parse(github.Server.Requests.Single().Body);
        json.RootElement.GetProperty("body").GetString().ShouldBe("half \ufffd a face");
    }

    [Theory]
    [InlineData(301, "/repositories/42/issues")]
    [InlineData(302, "/repositories/43/issues")]
    [InlineData(307, "/repositories/43/issues")]
    [InlineData(307, "/repos/nss/cider-falls-2/issues")]
    [InlineData(308, "http://elsewhere.example/repositories/42/issues")]
    public async Task Should_never_write_anywhere_else(int status, string location)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(status, "{}", "Location: " + location));

        var refusal = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github));

        refusal.Failure.Kind.ShouldBe(FailureKind.RefusedTarget);
        refusal.Failure.Remedy!.ShouldContain("present name");
        refusal.MayHaveHappened.ShouldBeFalse();
        github.Server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public async Task Should_say_that_it_may_have_happened_when_the_server_failed(int status)
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
    public async Task Should_say_that_it_did_not_happen_when_GitHub_refused(int status)
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
    public async Task Should_say_that_it_may_have_happened_when_the_answer_makes_no_sense(string body)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(201, body, "X-GitHub-Request-Id: AB:CD"));

        var failure = await Should.ThrowAsync<GitHubException>(() => CreateAsync(github));

        failure.Failure.Kind.ShouldBe(FailureKind.Transient);
        failure.Failure.RequestId.ShouldBe("AB:CD");
        failure.MayHaveHappened.ShouldBeTrue();
    }

    static Task<Issue> CreateAsync(GitHubStub github, string title = "A ticket", string body = "Text") =>
        github.Client.CreateIssueAsync(GitHubStub.RepositoryId, title, body, TestContext.Current.CancellationToken);
}
