using System.Net;
using System.Text.Json.Nodes;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Creating_an_issue : SandboxTest
{
    [Fact]
    public async Task Should_answer_201_with_the_issue_and_its_location()
    {
        var response = await Create(
            """{"title": "Log in 🦋", "body": "As a *user*\r\n<b>ü</b>", "labels": ["bug", {"name": "api"}], "assignees": ["octocat"]}"""
        );

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var issue = await Body(response);
        ((int)issue["number"]!).ShouldBe(1);
        ((string)issue["title"]!).ShouldBe("Log in 🦋");
        ((string)issue["body"]!).ShouldBe("As a *user*\r\n<b>ü</b>");
        ((string)issue["state"]!).ShouldBe("open");
        ((string)issue["user"]!["login"]!).ShouldBe("monarch-bot");
        issue["labels"]!.AsArray().Select(l => (string)l!["name"]!).ShouldBe(["bug", "api"]);
        ((string)issue["assignee"]!["login"]!).ShouldBe("octocat");
        ((string)issue["created_at"]!).ShouldBe("2026-03-10T09:00:00Z");
        ((string)issue["html_url"]!).ShouldBe("https://github.com/school/rare/issues/1");
        ((string)issue["url"]!).ShouldBe($"{Server.GitHubUrl}repos/school/rare/issues/1");
        response.Headers.Location!.ToString().ShouldBe((string)issue["url"]!);
        issue.AsObject().ContainsKey("pull_request").ShouldBeFalse();
    }

    [Fact]
    public async Task Should_return_every_documented_field()
    {
        var issue = (await Body(await CreateTitled("One"))).AsObject();

        foreach (
            var field in (string[])
                [
                    "id",
                    "node_id",
                    "url",
                    "repository_url",
                    "labels_url",
                    "comments_url",
                    "events_url",
                    "html_url",
                    "number",
                    "state",
                    "state_reason",
                    "title",
                    "body",
                    "user",
                    "labels",
                    "assignee",
                    "assignees",
                    "milestone",
                    "locked",
                    "active_lock_reason",
                    "comments",
                    "closed_at",
                    "created_at",
                    "updated_at",
                    "closed_by",
                    "author_association",
                    "performed_via_github_app",
                    "timeline_url",
                ]
        )
        {
            issue.ContainsKey(field).ShouldBeTrue(field);
        }

        issue["body"].ShouldBeNull();
        issue["milestone"].ShouldBeNull();
    }

    [Fact]
    public async Task Should_omit_the_assignee_in_the_newer_version()
    {
        Http.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2026-03-10");

        var response = await CreateTitled("One");

        Header(response, "X-GitHub-Api-Version-Selected").ShouldBe("2026-03-10");
        var issue = (await Body(response)).AsObject();
        issue.ContainsKey("assignee").ShouldBeFalse();
        issue.ContainsKey("assignees").ShouldBeTrue();
    }

    [Fact]
    public async Task Should_number_concurrently_created_issues_without_gaps()
    {
        var responses = await Task.WhenAll(Enumerable.Range(1, 200).Select(i => CreateTitled($"Issue {i}")));

        responses.ShouldAllBe(r => r.StatusCode == HttpStatusCode.Created);
        var view = Server.Repository(Repo);
        view.Issues!.Select(i => i.Number).ShouldBe(Enumerable.Range(1, 200));
        view.Issues!.Select(i => i.Title).Distinct().Count().ShouldBe(200);
        Server.Requests().Creations.ShouldBe(200);
    }

    [Theory]
    [InlineData("""{"body": "x"}""", "Invalid request.\n\n\"title\" wasn't supplied.")]
    [InlineData("""{"title": null}""", "Invalid request.\n\nFor 'properties/title', nil is not a string or integer.")]
    [InlineData("""{"title": "x", "body": 1}""", "Invalid request.\n\nFor 'properties/body', 1 is not a string or null.")]
    [InlineData("""{"title": "x", "labels": "bug"}""", "Invalid request.\n\nFor 'properties/labels', \"bug\" is not an array.")]
    [InlineData(
        """{"title": "x", "labels": {"name": "bug"}}""",
        "Invalid request.\n\nFor 'properties/labels', {\"name\": \"bug\"} is not an array."
    )]
    [InlineData("""{"title": "x", "labels": [7]}""", "Invalid request.\n\nFor 'labels/items', 7 is not a string or object.")]
    [InlineData(
        """{"title": "x", "assignees": "octocat"}""",
        "Invalid request.\n\nFor 'properties/assignees', \"octocat\" is not an array."
    )]
    [InlineData("""{"title": "x", "assignees": [null]}""", "Invalid request.\n\nFor 'assignees/items', nil is not a string or object.")]
    [InlineData(
        """{"title": "x", "milestone": []}""",
        "Invalid request.\n\nFor 'properties/milestone', [] is not a string, integer or null."
    )]
    public async Task Should_reject_a_body_that_violates_the_schema(string json, string message)
    {
        var response = await Create(json);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Message(response)).ShouldBe(message);
    }

    [Theory]
    [InlineData("", "missing_field", "title", null)]
    [InlineData("   ", "missing_field", "title", null)]
    [InlineData("spam", "custom", "title", "title looks like spam")]
    public async Task Should_name_the_invalid_field(string title, string code, string field, string? message)
    {
        Server.Change(Repo, new RepositoryFlags { RejectedTitles = ["spam"] });

        var response = await CreateTitled(title);

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var body = await Body(response);
        ((string)body["message"]!).ShouldBe("Validation Failed");
        var error = body["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)error["resource"]!).ShouldBe("Issue");
        ((string)error["code"]!).ShouldBe(code);
        ((string)error["field"]!).ShouldBe(field);
        ((string?)error["message"]).ShouldBe(message);
        ((string)body["documentation_url"]!).ShouldBe("https://docs.github.com/rest/issues/issues#create-an-issue");
        Server.Requests().Creations.ShouldBe(0);
    }

    [Theory]
    [InlineData("1", "M1")]
    [InlineData("\"2\"", "M2")]
    [InlineData("null", null)]
    public async Task Should_set_and_clear_the_milestone(string milestone, string? title)
    {
        Seed();

        (await MilestoneAsync(await Create($$"""{"title": "x", "milestone": {{milestone}}}"""))).ShouldBe(title);
        (await MilestoneAsync(await Change($$"""{"milestone": {{milestone}}}"""))).ShouldBe(title);
        (await MilestoneAsync(await Change("""{"title": "Renamed"}"""))).ShouldBe(title);
        (await MilestoneAsync(await Get($"repos/{Repo}/issues/1"))).ShouldBe(title);

        static async Task<string?> MilestoneAsync(HttpResponseMessage answer)
        {
            answer.IsSuccessStatusCode.ShouldBeTrue();
            return (string?)(await Body(answer))["milestone"]?["title"];
        }
    }

    [Theory]
    [InlineData(true, "milestone", "99")]
    [InlineData(true, "milestone", "\"M1\"")]
    [InlineData(true, "assignees", "[\"grace\", \"no-such-person\"]")]
    [InlineData(true, "assignee", "\"no-such-person\"")]
    [InlineData(false, "milestone", "99")]
    [InlineData(false, "assignees", "[\"no-such-person\"]")]
    [InlineData(false, "state", "\"ajar\"")]
    [InlineData(false, "state_reason", "\"bored\"")]
    public async Task Should_reject_an_unknown_value(bool creation, string field, string value)
    {
        Seed();
        var json = $$"""{"title": "x", "{{field}}": {{value}}}""";

        var refused = creation ? await Create(json) : await Change(json);

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var error = (await Body(refused))["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)error["resource"]!, (string)error["code"]!).ShouldBe(("Issue", "invalid"));
        ((string)error["field"]!).ShouldBe(field == "assignee" ? "assignees" : field);
        Server.Repository(Repo).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("grace")]
    [InlineData("ADA")]
    [InlineData("school")]
    [InlineData("monarch-bot")]
    [InlineData("octocat")]
    public async Task Should_assign_known_logins(string login)
    {
        Seed();

        var issue = await Body(await Create($$"""{"title": "x", "assignees": ["{{login}}"]}"""));
        ((string)issue["assignees"]![0]!["login"]!).ShouldBe(login);
        issue = await Body(await Create($$"""{"title": "x", "assignee": "{{login}}"}"""));
        ((string)issue["assignee"]!["login"]!).ShouldBe(login);
    }

    [Theory]
    [InlineData(256, 65_536, HttpStatusCode.Created)]
    [InlineData(257, 65_536, HttpStatusCode.UnprocessableEntity)]
    [InlineData(256, 65_537, HttpStatusCode.UnprocessableEntity)]
    public async Task Should_count_code_points_not_UTF_16_units(int title, int body, HttpStatusCode status)
    {
        static string Butterflies(int count) => string.Concat(Enumerable.Repeat("🦋", count));
        var response = await Create(new JsonObject { ["title"] = Butterflies(title), ["body"] = Butterflies(body) }.ToJsonString());

        response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("{", "Problems parsing JSON")]
    [InlineData("", "Problems parsing JSON")]
    [InlineData("""{"title": "\ud83e"}""", "Problems parsing JSON")]
    [InlineData("[]", "Body should be a JSON object")]
    public async Task Should_answer_400_when_the_body_is_not_a_JSON_object(string json, string message)
    {
        var response = await Create(json);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Message(response)).ShouldBe(message);
    }

    [Fact]
    public async Task Should_ignore_labels_when_the_token_cannot_push()
    {
        Server.Change(Repo, new RepositoryFlags { Permission = "pull" });

        var response = await Create("""{"title": "One", "labels": ["bug"]}""");

        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Body(response))["labels"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_update_and_close_an_issue()
    {
        await CreateTitled("One");
        Time.Advance(60);

        var issue = await Body(
            await Http.PatchAsync($"repos/{Repo}/issues/1", Json("""{"state": "closed", "title": "Two", "body": null}"""), Ct)
        );

        ((string)issue["state"]!).ShouldBe("closed");
        ((string)issue["state_reason"]!).ShouldBe("completed");
        ((string)issue["title"]!).ShouldBe("Two");
        ((string)issue["closed_at"]!).ShouldBe("2026-03-10T09:01:00Z");
        ((string)issue["updated_at"]!).ShouldBe("2026-03-10T09:01:00Z");
        ((string)(await Body(await Get($"repos/{Repo}/issues/1")))["state"]!).ShouldBe("closed");
    }

    [Fact]
    public async Task Should_allow_changes_only_by_the_author_or_a_member()
    {
        Server.Seed(
            new SeedRepository
            {
                FullName = "school/other",
                Permission = "pull",
                Issues = [new SeedIssue { Title = "Theirs" }],
            }
        );

        var response = await Http.PatchAsync("repos/school/other/issues/1", Json("""{"state": "closed"}"""), Ct);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Message(response)).ShouldBe("Must have admin rights to Repository.");
    }

    void Seed() =>
        Server.Seed(
            new()
            {
                FullName = Repo,
                Issues =
                [
                    new()
                    {
                        Title = "1",
                        User = "grace",
                        Milestone = "M1",
                    },
                    new()
                    {
                        Title = "2",
                        Assignees = ["ada"],
                        Milestone = "M2",
                    },
                ],
            }
        );

    Task<HttpResponseMessage> Change(string json) => Http.PatchAsync($"repos/{Repo}/issues/1", Json(json), Ct);
}
