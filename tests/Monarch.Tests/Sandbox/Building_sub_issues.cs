using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Building_sub_issues : SandboxTest
{
    const string Refused = "An error occurred while adding the sub-issue to the parent issue. ";
    const string OneParent = "Sub issue may only have one parent";

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
                        new() { Title = "1", SubIssues = [3, 2] },
                        new() { Title = "2", State = "closed" },
                        new() { Title = "3" },
                        new() { Title = "4" },
                        new() { Title = "5", IsPullRequest = true },
                    ],
                    GenerateIssues = 120,
                },
                new() { FullName = "school/other", Issues = [new() { Title = "Same owner" }] },
                new() { FullName = "alumni/open", Issues = [new() { Title = "Other owner" }] },
            ],
        };

    [Fact]
    public async Task Should_list_the_sub_issues_in_order()
    {
        Numbers(await BodyOf(await Get(Of(1)), HttpStatusCode.OK)).ShouldBe([3, 2]);
        Numbers(await Body(await Get(Of(1) + "?per_page=1&page=2"))).ShouldBe([2]);
        (await Body(await Get(Of(2)))).AsArray().ShouldBeEmpty();
        (await Get(Of(999))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_get_the_parent()
    {
        ((int)(await BodyOf(await Get($"repos/{Repo}/issues/2/parent"), HttpStatusCode.OK))["number"]!).ShouldBe(1);
        (await Get($"repos/{Repo}/issues/1/parent")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_summarize_them_in_the_issue()
    {
        var parent = await Body(await Get($"repos/{Repo}/issues/1"));
        var child = await Body(await Get($"repos/{Repo}/issues/2"));

        parent["sub_issues_summary"]!.ToJsonString().ShouldBe("""{"total":2,"completed":1,"percent_completed":50}""");
        parent["parent_issue_url"].ShouldBeNull();
        ((string)child["parent_issue_url"]!).ShouldBe($"{Server.GitHubUrl}repos/{Repo}/issues/1");
        child["sub_issues_summary"]!.ToJsonString().ShouldBe("""{"total":0,"completed":0,"percent_completed":0}""");
    }

    [Theory]
    [InlineData(Repo, 4)]
    [InlineData("school/other", 1)]
    public async Task Should_add_one_as_the_last(string repository, int number)
    {
        var parent = await BodyOf(await Add(1, IdOf(number, repository)), HttpStatusCode.Created);

        ((int)parent["number"]!, (int)parent["sub_issues_summary"]!["total"]!).ShouldBe((1, 3));
        Server.Repository(Repo).Issues![0].SubIssues.ShouldBe([$"{Repo}#3", $"{Repo}#2", $"{repository}#{number}"]);
        Server.Repository(repository).Issues![number - 1].Parent.ShouldBe($"{Repo}#1");
    }

    [Theory]
    [InlineData(1, 2, Refused + "Issue may not contain duplicate sub-issues and " + OneParent)]
    [InlineData(4, 2, Refused + OneParent)]
    [InlineData(2, 1, Refused + "Sub issue may not create a circular dependency")]
    [InlineData(4, 4, Refused + "Sub issue may not create a circular dependency")]
    [InlineData(1, 5, Refused + "Sub issue may only be an issue")]
    [InlineData(5, 4, Refused + "Parent may only be an issue")]
    public async Task Should_refuse_what_is_no_tree_of_issues(int parent, int child, string message)
    {
        var refused = await Add(parent, IdOf(child));

        (refused.StatusCode, await Message(refused)).ShouldBe((HttpStatusCode.UnprocessableEntity, message));
        Numbers(await Body(await Get(Of(1)))).ShouldBe([3, 2]);
    }

    [Fact]
    public async Task Should_refuse_an_issue_of_another_owner() =>
        (await Add(1, IdOf(1, "alumni/open"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

    [Fact]
    public async Task Should_replace_the_parent_on_request()
    {
        (await PostJson(Of(4), $$"""{"sub_issue_id": {{IdOf(2)}}, "replace_parent": true}""")).StatusCode.ShouldBe(HttpStatusCode.Created);

        Numbers(await Body(await Get(Of(4)))).ShouldBe([2]);
        Numbers(await Body(await Get(Of(1)))).ShouldBe([3]);
    }

    [Fact]
    public async Task Should_allow_100_sub_issues()
    {
        for (var number = 6; number < 106; number++)
        {
            (await Add(4, IdOf(number))).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        (await Message(await Add(4, IdOf(106)))).ShouldBe(Refused + "Parent cannot have more than 100 sub-issues");
    }

    [Fact]
    public async Task Should_allow_8_levels()
    {
        for (var number = 6; number < 13; number++)
        {
            (await Add(number, IdOf(number + 1))).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        var message = Refused + "You cannot add more than 7 layers of sub-issues. To add a sub-issue, remove a parent issue at any level.";
        (await Message(await Add(13, IdOf(14)))).ShouldBe(message);
        (await Message(await Add(14, IdOf(6)))).ShouldBe(message);
    }

    [Theory]
    [InlineData("{}", "Invalid request.\n\n\"sub_issue_id\" wasn't supplied.", HttpStatusCode.UnprocessableEntity)]
    [InlineData(
        """{"sub_issue_id": "2"}""",
        "Invalid request.\n\nFor 'properties/sub_issue_id', \"2\" is not an integer.",
        HttpStatusCode.UnprocessableEntity
    )]
    [InlineData("""{"sub_issue_id": 2}""", "The provided sub-issue does not exist", HttpStatusCode.NotFound)]
    public async Task Should_take_the_id_of_an_issue_and_not_its_number(string json, string message, HttpStatusCode status)
    {
        var refused = await PostJson(Of(1), json);

        (refused.StatusCode, await Message(refused)).ShouldBe((status, message));
    }

    [Fact]
    public async Task Should_remove_a_sub_issue()
    {
        var json = $$"""{"sub_issue_id": {{IdOf(3)}}}""";

        var parent = await BodyOf(await Delete($"repos/{Repo}/issues/1/sub_issue", json), HttpStatusCode.OK);

        ((int)parent["sub_issues_summary"]!["total"]!).ShouldBe(1);
        (await Delete($"repos/{Repo}/issues/1/sub_issue", json)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get($"repos/{Repo}/issues/3/parent")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(3, "after_id", 4, "2 4 3")]
    [InlineData(3, "before_id", 4, "2 3 4")]
    [InlineData(4, "before_id", 3, "4 3 2")]
    [InlineData(4, "after_id", 3, "3 4 2")]
    public async Task Should_move_a_sub_issue(int moved, string where, int other, string order)
    {
        await Add(1, IdOf(4));

        var json = $$"""{"sub_issue_id": {{IdOf(moved)}}, "{{where}}": {{IdOf(other)}}}""";
        (await PatchJson(Of(1) + "/priority", json)).StatusCode.ShouldBe(HttpStatusCode.OK);

        string.Join(' ', Numbers(await Body(await Get(Of(1))))).ShouldBe(order);
    }

    [Fact]
    public async Task Should_refuse_to_move_relative_to_none()
    {
        (await Move($$"""{"sub_issue_id": {{IdOf(3)}}}""")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Move($$"""{"sub_issue_id": {{IdOf(3)}}, "after_id": {{IdOf(2)}}, "before_id": {{IdOf(2)}}}""")).ShouldBe(
            HttpStatusCode.UnprocessableEntity
        );
        (await Move($$"""{"sub_issue_id": {{IdOf(3)}}, "after_id": {{IdOf(4)}}}""")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Move($$"""{"sub_issue_id": {{IdOf(4)}}, "after_id": {{IdOf(2)}}}""")).ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> Move(string json) => (await PatchJson(Of(1) + "/priority", json)).StatusCode;
    }

    [Fact]
    public async Task Should_require_the_triage_role()
    {
        Server.Change(Repo, new() { Permission = "pull" });
        (await Add(1, IdOf(4))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Server.Change(Repo, new() { Permission = "triage" });
        (await Add(1, IdOf(4))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Should_omit_a_deleted_sub_issue()
    {
        Server.DeleteIssue(Repo, 3);

        Numbers(await Body(await Get(Of(1)))).ShouldBe([2]);
        ((int)(await Body(await Get($"repos/{Repo}/issues/1")))["sub_issues_summary"]!["total"]!).ShouldBe(1);
    }

    static string Of(int number) => $"repos/{Repo}/issues/{number}/sub_issues";

    long IdOf(int number, string repository = Repo) => Server.Repository(repository).Issues!.Single(issue => issue.Number == number).Id;

    Task<HttpResponseMessage> Add(int parent, long child) => PostJson(Of(parent), $$"""{"sub_issue_id": {{child}}}""");
}
