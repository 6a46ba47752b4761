using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Listing_issue_types : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            Organisations =
            [
                new()
                {
                    Login = "school",
                    IssueTypes =
                    [
                        new()
                        {
                            Name = "Bug",
                            Color = "red",
                            Description = "Broken",
                        },
                        new() { Name = "Old", IsEnabled = false },
                    ],
                },
            ],
            Repositories =
            [
                new() { FullName = Repo, Issues = [new() { Title = "1", Type = "bug" }, new() { Title = "2" }] },
                new() { FullName = "ada/own", Issues = [new() { Title = "1" }] },
            ],
        };

    [Fact]
    public async Task Should_list_all_of_an_organisation()
    {
        var types = await BodyOf(await Get("orgs/SCHOOL/issue-types"), HttpStatusCode.OK);

        Texts(types, "name").ShouldBe(["Bug", "Old"]);
        ((string)types[0]!["color"]!, (string)types[0]!["description"]!).ShouldBe(("red", "Broken"));
        types.AsArray().Select(type => (bool)type!["is_enabled"]!).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Should_list_the_enabled_ones_of_a_repository() =>
        Texts(await BodyOf(await Get($"repos/{Repo}/issue-types"), HttpStatusCode.OK), "name").ShouldBe(["Bug"]);

    [Theory]
    [InlineData("orgs/ada/issue-types")]
    [InlineData("orgs/unknown/issue-types")]
    [InlineData("repos/ada/own/issue-types")]
    public async Task Should_answer_404_for_a_user(string path) => (await Get(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Should_show_the_kind_of_the_owner()
    {
        ((string)(await Body(await Get($"repos/{Repo}")))["owner"]!["type"]!).ShouldBe("Organization");
        ((string)(await Body(await Get("repos/ada/own")))["owner"]!["type"]!).ShouldBe("User");
    }

    [Theory]
    [InlineData("type=Bug", "1")]
    [InlineData("type=none", "2")]
    [InlineData("type=*", "1")]
    public async Task Should_filter_issues_by_type(string query, string numbers) =>
        string.Join(' ', Numbers(await Body(await Get($"repos/{Repo}/issues?{query}")))).ShouldBe(numbers);

    [Fact]
    public void Should_reject_a_seed_with_an_unknown_type_or_colour()
    {
        Should
            .Throw<ArgumentException>(() =>
                Server.Seed(new SeedRepository { FullName = "ada/bad", Issues = [new() { Title = "1", Type = "Bug" }] })
            )
            .Message.ShouldBe("The organisation ada has no issue type 'Bug'.");
        Should
            .Throw<ArgumentException>(() => Server.SeedOrganisation(new() { Login = "x", IssueTypes = [new() { Color = "mauve" }] }))
            .Message.ShouldStartWith("Unknown colour 'mauve'");
    }
}
