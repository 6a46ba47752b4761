using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

/// <summary>Since 2025 GitHub's page links of an issue listing contain a cursor, and none links to the last page.</summary>
public sealed class Following_page_links : SandboxTest
{
    const string Listing = "state=all&per_page=3";

    readonly SandboxOptions _options = new()
    {
        Repositories =
        [
            new()
            {
                FullName = Repo,
                Id = 42,
                Issues = [.. Enumerable.Range(1, 8).Select(i => new SeedIssue { Title = $"{i}", Labels = i % 2 == 0 ? ["even"] : [] })],
            },
        ],
    };

    protected override SandboxOptions Options => _options;

    [Fact]
    public async Task Should_link_by_page_number_as_Enterprise_Server_does()
    {
        _options.NumberedPages = true;
        var url = $"{Server.GitHubUrl}repositories/42/issues?{Listing}&page=";

        Header(await Get($"repos/{Repo}/issues?{Listing}"), "Link").ShouldBe($"""<{url}2>; rel="next", <{url}3>; rel="last" """.TrimEnd());
        Header(await Get($"repositories/42/issues?{Listing}&page=2"), "Link")
            .ShouldBe($"""<{url}1>; rel="prev", <{url}3>; rel="next", <{url}3>; rel="last", <{url}1>; rel="first" """.TrimEnd());
        Header(await Get($"repositories/42/issues?{Listing}&page=3"), "Link")
            .ShouldBe($"""<{url}2>; rel="prev", <{url}1>; rel="first" """.TrimEnd());
        (await FollowAsync($"repos/{Repo}/issues?{Listing}", "next")).Pages.ShouldBe("8 7 6|5 4 3|2 1");
    }

    [Fact]
    public async Task Should_link_by_cursor()
    {
        var first = await Get($"repos/{Repo}/issues?{Listing}");

        var link = Header(first, "Link")!;
        link.ShouldStartWith($"<{Server.GitHubUrl}repositories/42/issues?state=all&per_page=3&after=");
        link.ShouldEndWith("&page=2>; rel=\"next\"");
        link.ShouldNotContain("last");
    }

    [Theory]
    [InlineData(Listing, "8 7 6|5 4 3|2 1")]
    [InlineData(Listing + "&direction=asc", "1 2 3|4 5 6|7 8")]
    [InlineData(Listing + "&sort=updated", "8 7 6|5 4 3|2 1")]
    [InlineData(Listing + "&sort=comments&direction=asc", "1 2 3|4 5 6|7 8")]
    [InlineData("per_page=2&labels=even", "8 6|4 2")]
    [InlineData("per_page=8", "8 7 6 5 4 3 2 1")]
    [InlineData("per_page=3&page=2", "5 4 3|2 1")]
    public async Task Should_return_each_issue_once_in_both_directions(string query, string pages)
    {
        var (forward, last) = await FollowAsync($"repos/{Repo}/issues?{query}", "next");
        forward.ShouldBe(pages);

        var (backward, _) = await FollowAsync(last, "prev");
        backward.ShouldStartWith(string.Join('|', pages.Split('|').Reverse()));
    }

    [Fact]
    public async Task Should_skip_no_issue_after_a_deletion()
    {
        var first = await Get($"repos/{Repo}/issues?{Listing}&direction=asc");
        Server.DeleteIssue(Repo, 2);
        Server.DeleteIssue(Repo, 3);

        (await NumbersAsync(await Http.GetAsync(Link(first, "next"), Ct))).ShouldBe("4 5 6");
    }

    [Fact]
    public async Task Should_repeat_no_issue_after_a_creation()
    {
        var first = await Get($"repos/{Repo}/issues?{Listing}");
        await CreateTitled("9");

        (await NumbersAsync(await Http.GetAsync(Link(first, "next"), Ct))).ShouldBe("5 4 3");
    }

    [Fact]
    public async Task Should_accept_page_numbers()
    {
        (await NumbersAsync(await Get($"repos/{Repo}/issues?{Listing}&page=3"))).ShouldBe("2 1");
        (await NumbersAsync(await Get($"repos/{Repo}/issues?{Listing}&page=4"))).ShouldBe("");
    }

    async Task<(string Pages, string Last)> FollowAsync(string address, string relation)
    {
        List<string> pages = [];
        for (string? next = address; next is not null; address = next ?? address)
        {
            var answer = await Http.GetAsync(new Uri(Server.GitHubUrl, next), Ct);
            pages.Add(await NumbersAsync(answer));
            next = Link(answer, relation);
        }

        return (string.Join('|', pages), address);
    }

    static string? Link(HttpResponseMessage answer, string relation) =>
        Header(answer, "Link")
            ?.Split(", ")
            .FirstOrDefault(link => link.EndsWith($"rel=\"{relation}\"", StringComparison.Ordinal))
            ?.Split('<', '>')[1];

    static async Task<string> NumbersAsync(HttpResponseMessage answer) =>
        string.Join(' ', (await Body(answer)).AsArray().Select(issue => (int)issue!["number"]!));
}
