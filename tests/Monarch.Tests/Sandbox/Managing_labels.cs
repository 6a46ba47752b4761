using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Managing_labels : SandboxTest
{
    const string Labels = $"repos/{Repo}/labels";

    protected override SandboxOptions Options =>
        new()
        {
            Repositories =
            [
                new()
                {
                    FullName = Repo,
                    Id = 7,
                    Labels =
                    [
                        new()
                        {
                            Name = "bug",
                            Color = "D73A4A",
                            Description = "Something is broken",
                        },
                        new() { Name = "área / ♥" },
                    ],
                    Issues = [new() { Title = "1", Labels = ["BUG", "later"] }],
                },
            ],
        };

    [Fact]
    public async Task Should_list_the_labels_with_colour_and_description()
    {
        var labels = await BodyOf(await Get(Labels), HttpStatusCode.OK);

        Texts(labels, "name").ShouldBe(["bug", "área / ♥", "later"]);
        Texts(labels, "color").ShouldBe(["d73a4a", "ededed", "ededed"]);
        ((string?)labels[0]!["description"]).ShouldBe("Something is broken");
        labels[1]!["description"].ShouldBeNull();
    }

    [Theory]
    [InlineData(Labels)]
    [InlineData("repositories/7/labels")]
    public async Task Should_list_in_pages(string path)
    {
        var page = await Get($"{path}?per_page=2&page=2");

        Texts(await Body(page), "name").ShouldBe(["later"]);
        Header(page, "Link")!.ShouldContain($"<{Server.GitHubUrl}repositories/7/labels?per_page=2&page=1>; rel=\"prev\"");
    }

    [Theory]
    [InlineData("bug", "bug")]
    [InlineData("BUG", "bug")]
    [InlineData("%C3%A1rea%20%2F%20%E2%99%A5", "área / ♥")]
    public async Task Should_get_a_label(string name, string found)
    {
        var label = await BodyOf(await Get($"{Labels}/{name}"), HttpStatusCode.OK);

        ((string)label["name"]!).ShouldBe(found);
    }

    [Fact]
    public async Task Should_not_find_an_unknown_label() => (await Get($"{Labels}/none")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Should_create_a_label()
    {
        var response = await PostJson(Labels, """{"name": "Help ♥", "color": "00FF7f", "description": "Ask us"}""");

        var label = await BodyOf(response, HttpStatusCode.Created);
        ((string)label["name"]!, (string)label["color"]!, (string)label["description"]!).ShouldBe(("Help ♥", "00ff7f", "Ask us"));
        response.Headers.Location!.AbsoluteUri.ShouldBe((string)label["url"]!);
        Server.Repository(Repo).Labels[^1].ShouldBe(new("Help ♥", "00ff7f", "Ask us"));
        (await Get((string)label["url"]!)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"name": "Bug"}""", "Label already_exists name")]
    [InlineData("""{"name": " "}""", "Label missing_field name")]
    [InlineData("""{"name": "123456789012345678901234567890123456789012345678901"}""", "Label custom name")]
    [InlineData("""{"name": "x", "color": "#00ff00"}""", "Label invalid color")]
    [InlineData("""{"name": "x", "color": "green"}""", "Label invalid color")]
    public async Task Should_name_the_invalid_field(string json, string error)
    {
        (await InvalidField(await PostJson(Labels, json))).ShouldBe(error);
        Server.Repository(Repo).Labels.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(50, 100, HttpStatusCode.Created)]
    [InlineData(51, 100, HttpStatusCode.UnprocessableEntity)]
    [InlineData(50, 101, HttpStatusCode.UnprocessableEntity)]
    public async Task Should_count_code_points(int name, int description, HttpStatusCode status)
    {
        static string Hearts(int count) => string.Concat(Enumerable.Repeat("🦋", count));

        (await PostJson(Labels, $$"""{"name": "{{Hearts(name)}}", "description": "{{Hearts(description)}}"}""")).StatusCode.ShouldBe(
            status
        );
    }

    [Theory]
    [InlineData("{}", "Invalid request.\n\n\"name\" wasn't supplied.")]
    [InlineData("""{"name": 7}""", "Invalid request.\n\nFor 'properties/name', 7 is not a string.")]
    public async Task Should_reject_a_body_that_violates_the_schema(string json, string message)
    {
        var refused = await PostJson(Labels, json);

        (refused.StatusCode, await Message(refused)).ShouldBe((HttpStatusCode.UnprocessableEntity, message));
    }

    [Theory]
    [InlineData("pull", HttpStatusCode.NotFound)]
    [InlineData("triage", HttpStatusCode.NotFound)]
    [InlineData("push", HttpStatusCode.Created)]
    public async Task Should_require_push_access_to_create(string permission, HttpStatusCode status)
    {
        Server.Change(Repo, new() { Permission = permission });

        (await PostJson(Labels, """{"name": "new"}""")).StatusCode.ShouldBe(status);
        (await Get(Labels)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_refuse_a_token_without_the_permission()
    {
        Server.Change(Repo, new() { IssuesWritable = false });

        var refused = await PostJson(Labels, """{"name": "new"}""");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Message(refused)).ShouldBe("Resource not accessible by personal access token");
    }

    [Fact]
    public async Task Should_refuse_in_an_archived_repository()
    {
        Server.Change(Repo, new() { Archived = true });

        (await Message(await PostJson(Labels, """{"name": "new"}"""))).ShouldBe("Repository was archived so is read-only.");
    }
}
