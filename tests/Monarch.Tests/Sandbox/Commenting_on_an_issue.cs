using System.Net;
using System.Text.Json.Nodes;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Commenting_on_an_issue : SandboxTest
{
    const string Comments = $"repos/{Repo}/issues/1/comments";
    static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected override SandboxOptions Options =>
        new()
        {
            Repositories =
            [
                new()
                {
                    FullName = Repo,
                    Issues =
                    [
                        new()
                        {
                            Title = "1",
                            CreatedAt = Start,
                            Comments =
                            [
                                new() { Body = "First", User = "ada" },
                                new() { Body = "Second", User = null },
                                new() { Body = "Third", CreatedAt = Start.AddDays(1) },
                            ],
                        },
                        new() { Title = "2", Locked = true },
                    ],
                },
            ],
        };

    [Fact]
    public async Task Should_list_the_comments_in_order()
    {
        var comments = await BodyOf(await Get(Comments), HttpStatusCode.OK);

        Texts(comments, "body").ShouldBe(["First", "Second", "Third"]);
        Texts(comments, "created_at").ShouldBe(["2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z", "2026-01-02T00:00:00Z"]);
        ((string)comments[0]!["user"]!["login"]!).ShouldBe("ada");
        comments[1]!["user"].ShouldBeNull();
        ((string)comments[0]!["issue_url"]!).ShouldBe($"{Server.GitHubUrl}repos/{Repo}/issues/1");
        ((int)(await Body(await Get($"repos/{Repo}/issues/1")))["comments"]!).ShouldBe(3);
    }

    [Theory]
    [InlineData("per_page=2&page=2", "Third")]
    [InlineData("since=2026-01-01T12:00:00Z", "Third")]
    public async Task Should_list_as_requested(string query, string bodies) =>
        string.Join(' ', Texts(await Body(await Get($"{Comments}?{query}")), "body")).ShouldBe(bodies);

    [Fact]
    public async Task Should_reject_a_since_that_is_no_time() =>
        (await InvalidField(await Get($"{Comments}?since=yesterday"))).ShouldBe("IssueComment invalid since");

    [Fact]
    public async Task Should_create_a_comment()
    {
        var response = await PostJson(Comments, """{"body": "Fourth 🦋\r\n"}""");

        var comment = await BodyOf(response, HttpStatusCode.Created);
        ((string)comment["body"]!, (string)comment["user"]!["login"]!).ShouldBe(("Fourth 🦋\r\n", "monarch-bot"));
        response.Headers.Location!.AbsoluteUri.ShouldBe((string)comment["url"]!);
        Server.Repository(Repo).Issues![0].Comments[^1].Body.ShouldBe("Fourth 🦋\r\n");
        var issue = await Body(await Get($"repos/{Repo}/issues/1"));
        ((int)issue["comments"]!, (string)issue["updated_at"]!).ShouldBe((4, "2026-03-10T09:00:00Z"));
        Server.Requests().Creations.ShouldBe(0);
    }

    [Fact]
    public async Task Should_get_and_change_a_comment()
    {
        var url = (string)(await Body(await PostJson(Comments, """{"body": "Before"}""")))["url"]!;
        Time.Advance(60);

        var changed = await BodyOf(await PatchJson(url, """{"body": "After"}"""), HttpStatusCode.OK);

        ((string)changed["updated_at"]!).ShouldBe("2026-03-10T09:01:00Z");
        ((string)(await BodyOf(await Get(url), HttpStatusCode.OK))["body"]!).ShouldBe("After");
        Texts(await Body(await Get(Comments)), "body").ShouldBe(["First", "Second", "Third", "After"]);
    }

    [Theory]
    [InlineData(65_536, HttpStatusCode.Created)]
    [InlineData(65_537, HttpStatusCode.UnprocessableEntity)]
    public async Task Should_limit_the_length_in_code_points(int length, HttpStatusCode status)
    {
        var body = string.Concat(Enumerable.Repeat("🦋", length));

        (await PostJson(Comments, new JsonObject { ["body"] = body }.ToJsonString())).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Should_reject_a_blank_body()
    {
        (await InvalidField(await PostJson(Comments, """{"body": " "}"""))).ShouldBe("IssueComment unprocessable data");
        (await Message(await PostJson(Comments, "{}"))).ShouldBe("Invalid request.\n\n\"body\" wasn't supplied.");
    }

    [Fact]
    public async Task Should_refuse_comments_on_a_locked_issue_without_push_access()
    {
        const string Locked = $"repos/{Repo}/issues/2/comments";
        (await PostJson(Locked, """{"body": "With access"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Server.Change(Repo, new() { Permission = "triage" });

        var refused = await PostJson(Locked, """{"body": "Without"}""");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Message(refused)).ShouldBe("Unable to create comment because issue is locked.");
        ((bool)(await Body(await Get($"repos/{Repo}/issues/2")))["locked"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_change_the_comments_of_others_only_with_push_access()
    {
        var url = (string)(await Body(await Get(Comments)))[0]!["url"]!;
        Server.Change(Repo, new() { Permission = "triage" });
        (await PatchJson(url, """{"body": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Server.Change(Repo, new() { Permission = "push" });
        (await PatchJson(url, """{"body": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_not_find_unknown_issues_and_comments()
    {
        (await Get($"repos/{Repo}/issues/9/comments")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostJson($"repos/{Repo}/issues/9/comments", """{"body": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get($"repos/{Repo}/issues/comments/7")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PatchJson($"repos/{Repo}/issues/comments/7", """{"body": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Server.DeleteIssue(Repo, 1);
        (await PostJson(Comments, """{"body": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Should_count_as_the_creation_of_content()
    {
        Server.Limits = new() { CreationsPerMinute = 1 };

        (await PostJson(Comments, """{"body": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Message(await PostJson(Comments, """{"body": "y"}"""))).ShouldContain("temporarily blocked from content creation");
        (await PostJson($"repos/{Repo}/labels", """{"name": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
