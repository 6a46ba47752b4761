using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Managing_milestones : SandboxTest
{
    const string Milestones = $"repos/{Repo}/milestones";
    static readonly DateTimeOffset Due = new(2026, 6, 30, 7, 0, 0, TimeSpan.Zero);

    protected override SandboxOptions Options =>
        new()
        {
            Repositories =
            [
                new()
                {
                    FullName = Repo,
                    Milestones =
                    [
                        new() { Title = "Later" },
                        new()
                        {
                            Title = "Demo",
                            Description = "On Friday",
                            DueOn = Due,
                        },
                        new() { Title = "Done", State = "closed" },
                    ],
                    Issues =
                    [
                        new() { Title = "1", Milestone = "Demo" },
                        new()
                        {
                            Title = "2",
                            Milestone = "Demo",
                            State = "closed",
                        },
                    ],
                },
            ],
        };

    [Theory]
    [InlineData("", "2 1")]
    [InlineData("state=open", "2 1")]
    [InlineData("state=closed", "3")]
    [InlineData("state=all", "2 1 3")]
    [InlineData("state=all&per_page=2&page=2", "3")]
    [InlineData("state=all&direction=desc", "3 1 2")]
    [InlineData("state=all&sort=completeness&direction=desc", "2 3 1")]
    public async Task Should_list_as_requested(string query, string numbers) =>
        string.Join(' ', Numbers(await BodyOf(await Get($"{Milestones}?{query}"), HttpStatusCode.OK))).ShouldBe(numbers);

    [Theory]
    [InlineData("state=ajar", "Milestone invalid state")]
    [InlineData("sort=title", "Milestone invalid sort")]
    [InlineData("direction=up", "Milestone invalid direction")]
    public async Task Should_reject_an_unknown_value(string query, string error) =>
        (await InvalidField(await Get($"{Milestones}?{query}"))).ShouldBe(error);

    [Fact]
    public async Task Should_get_a_milestone()
    {
        var milestone = await BodyOf(await Get($"{Milestones}/2"), HttpStatusCode.OK);

        ((string)milestone["title"]!, (string)milestone["description"]!).ShouldBe(("Demo", "On Friday"));
        ((string)milestone["due_on"]!, (string)milestone["state"]!).ShouldBe(("2026-06-30T07:00:00Z", "open"));
        ((int)milestone["open_issues"]!, (int)milestone["closed_issues"]!).ShouldBe((1, 1));
        (await Get($"{Milestones}/4")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_create_a_milestone()
    {
        var json = """{"title": "Next ♥", "state": "closed", "description": "Soon", "due_on": "2026-12-24T08:00:00Z"}""";
        var response = await PostJson(Milestones, json);

        var milestone = await BodyOf(response, HttpStatusCode.Created);
        ((int)milestone["number"]!, (string)milestone["due_on"]!).ShouldBe((4, "2026-12-24T08:00:00Z"));
        ((string)milestone["closed_at"]!).ShouldBe("2026-03-10T09:00:00Z");
        ((string)milestone["creator"]!["login"]!).ShouldBe("monarch-bot");
        response.Headers.Location!.AbsoluteUri.ShouldBe((string)milestone["url"]!);
        var due = new DateTimeOffset(2026, 12, 24, 8, 0, 0, TimeSpan.Zero);
        Server.Repository(Repo).Milestones[^1].ShouldBe(new(4, "Next ♥", "Soon", "closed", due));
    }

    [Fact]
    public async Task Should_number_the_milestones_of_each_repository()
    {
        Server.Seed(new SeedRepository { FullName = "school/other" });

        var milestone = await BodyOf(await PostJson("repos/school/other/milestones", """{"title": "Demo"}"""), HttpStatusCode.Created);

        ((int)milestone["number"]!).ShouldBe(1);
        (milestone["due_on"], milestone["closed_at"], milestone["description"]).ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData("""{"title": "Demo"}""", "Milestone already_exists title")]
    [InlineData("""{"title": ""}""", "Milestone missing_field title")]
    public async Task Should_name_the_invalid_field(string json, string error) =>
        (await InvalidField(await PostJson(Milestones, json))).ShouldBe(error);

    [Theory]
    [InlineData("{}", "\"title\" wasn't supplied.")]
    [InlineData("""{"title": "x", "due_on": "Friday"}""", "For 'properties/due_on', \"Friday\" is not a valid date-time.")]
    [InlineData("""{"title": "x", "state": "ajar"}""", "For 'properties/state', \"ajar\" is not a member of [\"open\", \"closed\"].")]
    [InlineData("""{"title": "x", "description": 7}""", "For 'properties/description', 7 is not a string or null.")]
    public async Task Should_reject_a_body_that_violates_the_schema(string json, string message)
    {
        var refused = await PostJson(Milestones, json);

        (refused.StatusCode, await Message(refused)).ShouldBe((HttpStatusCode.UnprocessableEntity, $"Invalid request.\n\n{message}"));
        Server.Repository(Repo).Milestones.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("triage", HttpStatusCode.NotFound)]
    [InlineData("push", HttpStatusCode.Created)]
    public async Task Should_require_push_access_to_create(string permission, HttpStatusCode status)
    {
        Server.Change(Repo, new() { Permission = permission });

        (await PostJson(Milestones, """{"title": "new"}""")).StatusCode.ShouldBe(status);
        (await Get(Milestones)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
