using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Monarch.Contracts;
using Monarch.Tests.Http;
using Monarch.Workers.GitHub.Api;
using Monarch.Workers.GitHub.Transport;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub;

public class Reading_a_repository
{
    const string Json = """
        {"id":42,"full_name":"nss/cider-falls","private":true,"archived":true,"disabled":false,"has_issues":false,
         "permissions":{"admin":false,"maintain":false,"push":true,"triage":true,"pull":true}}
        """;

    [Fact]
    public async Task Should_read_the_used_fields()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, Json));

        var repository = await github.Client.GetRepositoryAsync("NSS/Cider-Falls", TestContext.Current.CancellationToken);

        (repository.Id, repository.FullName).ShouldBe((42, "nss/cider-falls"));
        repository.Archived.ShouldBeTrue();
        repository.Disabled.ShouldBeFalse();
        repository.HasIssues.ShouldBeFalse();
        repository.Private.ShouldBeTrue();
    }

    [Fact]
    public async Task Should_send_the_headers_that_GitHub_requires()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, Json));

        await github.Client.GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken);

        var request = github.Server.Requests.ShouldHaveSingleItem();
        request.Target.ShouldBe("/repos/nss/cider-falls");
        request.Headers["Authorization"].ShouldBe("Bearer " + GitHubStub.Token);
        request.Headers["X-GitHub-Api-Version"].ShouldBe("2022-11-28");
        request.Headers["Accept"].ShouldBe("application/vnd.github+json");
        request.Headers["User-Agent"].ShouldStartWith("monarch/");
        request.Headers["User-Agent"].ShouldNotContain("+");
        request.Headers["Accept-Encoding"].ShouldContain("gzip");
    }

    [Theory]
    [InlineData("api/v3")]
    [InlineData("api/v3/")]
    public async Task Should_stay_below_the_path_of_an_Enterprise_Server(string path)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, Json), path);

        await github.Client.GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken);

        github.Server.Requests.ShouldHaveSingleItem().Target.ShouldBe("/api/v3/repos/nss/cider-falls");
    }

    [Fact]
    public async Task Should_find_a_repository_by_a_former_name()
    {
        await using var github = await GitHubStub.StartAsync(x =>
            x.Request.Path == "/repositories/42" ? x.AnswerAsync(200, Json) : x.AnswerAsync(301, "{}", "Location: /repositories/42")
        );

        var repository = await github.Client.GetRepositoryAsync("nss/old-name", TestContext.Current.CancellationToken);

        repository.FullName.ShouldBe("nss/cider-falls");
    }

    [Fact]
    public async Task Should_prefer_HTTP_2()
    {
        var asked = new List<(Version, HttpVersionPolicy)>();
        await using var services = GitHubStub.Services(
            "http://127.0.0.1:1/",
            configure: x => x.AddHttpClient(nameof(GitHubClients)).AddHttpMessageHandler(() => new Refusing(asked))
        );

        await Should.ThrowAsync<GitHubException>(() =>
            GitHubStub.Of(services).GetRepositoryAsync(42, TestContext.Current.CancellationToken)
        );

        asked.ShouldBe([(HttpVersion.Version20, HttpVersionPolicy.RequestVersionOrLower)]);
    }

    [Theory]
    [InlineData("http://elsewhere.example/repositories/42", FailureKind.RefusedTarget)]
    [InlineData("/repos/nss/cider-falls", FailureKind.Transient)]
    [InlineData("/repositories/42abc", FailureKind.Transient)]
    [InlineData("/login", FailureKind.Transient)]
    public async Task Should_not_follow_any_other_redirect(string location, FailureKind kind)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(301, "{}", "Location: " + location));

        var refusal = await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync("nss/old-name", TestContext.Current.CancellationToken)
        );

        refusal.Failure.Kind.ShouldBe(kind);
        refusal.Failure.Remedy.ShouldNotBeNull();
        github.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_follow_one_redirect_and_no_more()
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(301, "{}", "Location: /repositories/42"));

        await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync("nss/old-name", TestContext.Current.CancellationToken)
        );

        github.Server.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("cider-falls")]
    [InlineData("../user")]
    [InlineData("nss/..")]
    [InlineData("nss/cider?x=1")]
    [InlineData("nss/cider/issues")]
    [InlineData("nss/%2e%2e")]
    public async Task Should_refuse_a_name_that_leads_to_another_address(string name)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, Json));

        var refusal = await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync(name, TestContext.Current.CancellationToken)
        );

        refusal.Failure.Kind.ShouldBe(FailureKind.RefusedTarget);
        github.Server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>Welcome to the hotel</html>", "text/html")]
    [InlineData("<html>Welcome to the hotel</html>", "application/json")]
    [InlineData("", "text/html")]
    [InlineData("{}", "application/json")]
    [InlineData("""{"id":42,"full_name":"nss/cider-falls"}""", "application/json")]
    [InlineData("""{"id":42,"has_issues":true}""", "application/json")]
    [InlineData("""{"id":42,"full_name":null,"has_issues":true}""", "application/json")]
    public async Task Should_be_transient_when_the_answer_is_not_a_complete_repository(string body, string contentType)
    {
        await using var github = await GitHubStub.StartAsync(x => x.AnswerAsync(200, body, "Content-Type: " + contentType));

        var refusal = await Should.ThrowAsync<GitHubException>(() =>
            github.Client.GetRepositoryAsync("nss/cider-falls", TestContext.Current.CancellationToken)
        );

        refusal.Failure.Kind.ShouldBe(FailureKind.Transient);
        refusal.MayHaveHappened.ShouldBeFalse();
    }

    sealed class Refusing(List<(Version, HttpVersionPolicy)> asked) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            asked.Add((request.Version, request.VersionPolicy));
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request });
        }
    }
}
