using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Listing_issues : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            Repositories =
            [
                new SeedRepository
                {
                    FullName = Repo,
                    Id = 42,
                    GenerateIssues = 240,
                    GenerateClosedIssues = 5,
                    GeneratePullRequests = 5,
                },
            ],
        };

    [Fact]
    public async Task Should_return_30_open_issues_newest_first_by_default()
    {
        var response = await Get($"repos/{Repo}/issues");

        var numbers = await Numbers(response);
        numbers.Count.ShouldBe(30);
        numbers.ShouldBe(numbers.OrderDescending());
        (await Body(response)).AsArray().ShouldAllBe(i => (string)i!["state"]! == "open");
        Header(response, "Link")!.ShouldEndWith("page=2>; rel=\"next\"");
    }

    [Theory]
    [InlineData("per_page=1000", 100)]
    [InlineData("per_page=0", 30)]
    [InlineData("per_page=x", 30)]
    [InlineData("page=1000&state=all", 0)]
    [InlineData("state=closed", 5)]
    public async Task Should_bound_the_page_parameters(string query, int count) =>
        (await Numbers(await Get($"repos/{Repo}/issues?{query}"))).Count.ShouldBe(count);

    [Fact]
    public async Task Should_send_no_Link_for_a_single_page() =>
        Header(await Get($"repos/{Repo}/issues?state=closed"), "Link").ShouldBeNull();

    [Fact]
    public async Task Should_reject_an_unknown_state()
    {
        var response = await Get($"repos/{Repo}/issues?state=ajar");

        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Message(response)).ShouldBe("Validation Failed");
    }

    [Fact]
    public async Task Should_include_pull_requests()
    {
        var all = new List<System.Text.Json.Nodes.JsonNode>();
        for (var page = 1; page <= 3; page++)
        {
            all.AddRange(
                (await Body(await Get($"repos/{Repo}/issues?state=all&per_page=100&page={page}")))
                    .AsArray()
                    .OfType<System.Text.Json.Nodes.JsonNode>()
            );
        }

        var pulls = all.Where(i => i.AsObject().ContainsKey("pull_request")).ToList();
        pulls.Count.ShouldBe(5);
        ((string)pulls[0]["pull_request"]!["html_url"]!).ShouldBe((string)pulls[0]["html_url"]!);
        ((string)pulls[0]["html_url"]!).ShouldContain("/pull/");
    }

    [Fact]
    public async Task Should_filter_and_sort_by_update_time()
    {
        await Http.PatchAsync($"repos/{Repo}/issues/7", Json("""{"title": "Changed"}"""), Ct);

        (await Numbers(await Get($"repos/{Repo}/issues?state=all&since=2026-03-10T09:00:00Z"))).ShouldBe([7]);
        (await Numbers(await Get($"repos/{Repo}/issues?state=all&sort=updated&per_page=1"))).ShouldBe([7]);
    }

    [Fact]
    public async Task Should_show_deleted_accounts_and_missing_bodies()
    {
        Server.Seed(
            new SeedRepository
            {
                FullName = "school/old",
                Issues =
                [
                    new SeedIssue { Title = "Ghost's", User = "ghost" },
                    new SeedIssue
                    {
                        Title = "Without an author",
                        User = null,
                        Milestone = "M1",
                        Labels = ["bug"],
                    },
                ],
            }
        );

        var issues = (await Body(await Get("repos/school/old/issues?direction=asc"))).AsArray();

        ((string)issues[0]!["user"]!["login"]!).ShouldBe("ghost");
        ((long)issues[0]!["user"]!["id"]!).ShouldBe(10_137);
        issues[1]!["user"].ShouldBeNull();
        issues[1]!["body"].ShouldBeNull();
        ((string)issues[1]!["milestone"]!["title"]!).ShouldBe("M1");
    }

    [Fact]
    public async Task Should_lag_behind_creations_when_configured()
    {
        Server.Faults.ListingLagMilliseconds = 2_000;
        await CreateTitled("Fresh");

        (await Numbers(await Get($"repos/{Repo}/issues?state=all&per_page=1"))).ShouldBe([250]);
        (await Get($"repos/{Repo}/issues/251")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Time.Advance(2);
        (await Numbers(await Get($"repos/{Repo}/issues?state=all&per_page=1"))).ShouldBe([251]);
    }

    [Fact]
    public async Task Should_return_empty_pages_at_the_configured_rate()
    {
        Server.Faults = new() { EmptyListings = 0.5 };
        var lengths = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            var page = await Get($"repos/{Repo}/issues?state=all&per_page=100");
            lengths.Add((await Numbers(page)).Count);
            (Header(page, "Link") is null).ShouldBe(lengths[^1] == 0);
        }

        lengths.Distinct().Order().ShouldBe([0, 100]);
        (await Get($"repos/{Repo}/issues/1")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_read_a_late_page_of_100000_issues()
    {
        Server.Seed(new SeedRepository { FullName = "school/huge", GenerateIssues = 100_000 });

        var page = await Get("repos/school/huge/issues?state=all&per_page=100&sort=created&direction=asc&page=900");

        (await Numbers(page)).ShouldBe(Enumerable.Range(89_901, 100));
    }

    static async Task<List<int>> Numbers(HttpResponseMessage response) =>
        [.. (await Body(response)).AsArray().Select(i => (int)i!["number"]!)];
}
