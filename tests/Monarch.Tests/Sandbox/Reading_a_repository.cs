using System.Net;
using System.Net.Http.Headers;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Reading_a_repository : SandboxTest
{
    [Fact]
    public async Task Should_find_a_repository_in_any_case_and_by_id()
    {
        Server.Change(Repo, new RepositoryFlags { Permission = "triage", Private = true });

        var response = await Get("repos/SCHOOL/Rare");

        var repository = await Body(response);
        ((string)repository["full_name"]!).ShouldBe(Repo);
        ((string)repository["owner"]!["login"]!).ShouldBe("school");
        ((bool)repository["private"]!).ShouldBeTrue();
        ((bool)repository["has_issues"]!).ShouldBeTrue();
        ((bool)repository["archived"]!).ShouldBeFalse();
        ((bool)repository["disabled"]!).ShouldBeFalse();
        ((bool)repository["permissions"]!["triage"]!).ShouldBeTrue();
        ((bool)repository["permissions"]!["push"]!).ShouldBeFalse();
        ((long)(await Body(await Get($"repositories/{repository["id"]}")))["id"]!).ShouldBe((long)repository["id"]!);
    }

    [Theory]
    [InlineData("repos/school/rare")]
    [InlineData("repos/school/rare/issues")]
    [InlineData("repos/school/rare/issues/1")]
    [InlineData("user")]
    [InlineData("rate_limit")]
    [InlineData("nonsense")]
    public async Task Should_answer_HEAD_as_GET_without_a_body(string path)
    {
        await CreateTitled("One");
        var get = await Get(path);

        var head = await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path), Ct);

        head.StatusCode.ShouldBe(get.StatusCode);
        head.Headers.ETag.ShouldBe(get.Headers.ETag);
        head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType);
        (await head.Content.ReadAsByteArrayAsync(Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_redirect_HEAD_as_GET()
    {
        Server.Rename(Repo, "alumni/rare-2");

        (await Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"repos/{Repo}"), Ct)).StatusCode.ShouldBe(
            HttpStatusCode.MovedPermanently
        );
    }

    [Fact]
    public async Task Should_send_GitHub_s_headers()
    {
        var response = await Get($"repos/{Repo}");

        Header(response, "X-GitHub-Request-Id").ShouldNotBeNullOrEmpty();
        Header(response, "X-GitHub-Media-Type").ShouldBe("github.v3; format=json");
        Header(response, "X-GitHub-Api-Version-Selected").ShouldBe("2022-11-28");
        Header(response, "X-RateLimit-Limit").ShouldBe("5000");
        Header(response, "X-RateLimit-Remaining").ShouldBe("4999");
        Header(response, "X-RateLimit-Resource").ShouldBe("core");
        response.Headers.Date.ShouldNotBeNull();
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        Header(await Get($"repos/{Repo}"), "X-GitHub-Request-Id").ShouldNotBe(Header(response, "X-GitHub-Request-Id"));
    }

    [Theory]
    [InlineData("repos/school/unknown")]
    [InlineData("repos/school/rare/")]
    [InlineData("repos/school/rare/issues/1")]
    [InlineData("repos/school/rare/issues/x")]
    [InlineData("repos/school/rare/issues/")]
    [InlineData("repos/school/rare/issues/0")]
    [InlineData("repositories/x")]
    [InlineData("repositories/1")]
    [InlineData("nonsense")]
    public async Task Should_answer_404_for_an_unknown_path(string path)
    {
        var response = await Get(path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Message(response)).ShouldBe("Not Found");
    }

    [Fact]
    public async Task Should_redirect_reads_and_writes_of_a_former_name_to_the_id()
    {
        var id = Server.Repository(Repo).Id;
        Server.Rename(Repo, "alumni/rare-2");

        var read = await Get($"repos/School/RARE/issues?state=all&page=2");
        read.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        read.Headers.Location.ShouldBe(new Uri(Server.GitHubUrl, $"repositories/{id}/issues?state=all&page=2"));
        var body = await Body(read);
        ((string)body["message"]!).ShouldBe("Moved Permanently");
        ((string)body["url"]!).ShouldBe(read.Headers.Location!.ToString());

        var write = await CreateTitled("Kept");
        write.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        (await Http.PostAsync(write.Headers.Location, Json("""{"title": "Kept"}"""), Ct)).StatusCode.ShouldBe(HttpStatusCode.Created);
        Server.Repository("alumni/rare-2").Issues!.Select(i => i.Title).ShouldBe(["Kept"]);
    }

    [Fact]
    public async Task Should_drop_the_redirect_when_the_name_is_reused()
    {
        Server.Rename(Repo, "school/renamed");
        Server.Seed(new SeedRepository { FullName = Repo });

        var taken = await Body(await Get($"repos/{Repo}"));

        ((long)taken["id"]!).ShouldNotBe(Server.Repository("school/renamed").Id);
    }

    [Fact]
    public async Task Should_answer_304_when_the_ETag_matches()
    {
        var tag = (await Get($"repos/{Repo}/issues")).Headers.ETag!;
        Http.DefaultRequestHeaders.IfNoneMatch.Add(new EntityTagHeaderValue(tag.Tag, isWeak: true));

        var unchanged = await Get($"repos/{Repo}/issues");
        unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await unchanged.Content.ReadAsByteArrayAsync(Ct)).ShouldBeEmpty();

        await CreateTitled("New");
        (await Get($"repos/{Repo}/issues")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
