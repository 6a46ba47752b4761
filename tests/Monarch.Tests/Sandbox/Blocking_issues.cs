using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Blocking_issues : SandboxTest
{
    const string Refused = "An error occurred while adding the blocking issue to the issue. Validation failed: ";

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
                        new() { Title = "1", BlockedBy = [2, 3] },
                        new() { Title = "2", State = "closed" },
                        new() { Title = "3", BlockedBy = [4] },
                        new() { Title = "4" },
                        new() { Title = "5", IsPullRequest = true },
                    ],
                },
            ],
        };

    [Fact]
    public async Task Should_list_both_directions()
    {
        Numbers(await BodyOf(await Get(BlockedBy(1)), HttpStatusCode.OK)).ShouldBe([2, 3]);
        Numbers(await Body(await Get(BlockedBy(1) + "?per_page=1&page=2"))).ShouldBe([3]);
        Numbers(await BodyOf(await Get($"repos/{Repo}/issues/3/dependencies/blocking"), HttpStatusCode.OK)).ShouldBe([1]);
        Server.Repository(Repo).Issues![0].BlockedBy.ShouldBe([$"{Repo}#2", $"{Repo}#3"]);
    }

    [Fact]
    public async Task Should_summarize_them_in_the_issue()
    {
        var issue = await Body(await Get($"repos/{Repo}/issues/1"));

        var expected = """{"blocked_by":1,"total_blocked_by":2,"blocking":0,"total_blocking":0}""";
        issue["issue_dependencies_summary"]!.ToJsonString().ShouldBe(expected);
    }

    [Fact]
    public async Task Should_add_a_dependency()
    {
        var issue = await BodyOf(await Add(1, 4), HttpStatusCode.Created);

        ((int)issue["number"]!, (int)issue["issue_dependencies_summary"]!["total_blocked_by"]!).ShouldBe((1, 3));
        Numbers(await Body(await Get(BlockedBy(1)))).ShouldBe([2, 3, 4]);
    }

    [Theory]
    [InlineData(1, 2, Refused + "Target issue has already been taken")]
    [InlineData(1, 5, Refused + "Target issue may only be an issue")]
    [InlineData(5, 1, Refused + "Source issue may only be an issue")]
    [InlineData(1, 1, Refused + "Target issue may not be the same as the source issue")]
    [InlineData(4, 1, Refused + "Target issue may not create a circular dependency")]
    public async Task Should_refuse_what_is_no_dependency_of_issues(int blocked, int blocker, string message)
    {
        var refused = await Add(blocked, blocker);

        (refused.StatusCode, await Message(refused)).ShouldBe((HttpStatusCode.UnprocessableEntity, message));
        Numbers(await Body(await Get(BlockedBy(1)))).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Should_take_the_id_of_an_issue_and_not_its_number()
    {
        (await PostJson(BlockedBy(1), """{"issue_id": 4}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Message(await PostJson(BlockedBy(1), "{}"))).ShouldBe("Invalid request.\n\n\"issue_id\" wasn't supplied.");
    }

    [Fact]
    public async Task Should_remove_a_dependency_any_number_of_times()
    {
        for (var i = 0; i < 2; i++)
        {
            var issue = await BodyOf(await Delete($"{BlockedBy(1)}/{IdOf(3)}"), HttpStatusCode.OK);
            ((int)issue["issue_dependencies_summary"]!["total_blocked_by"]!).ShouldBe(1);
        }

        (await Delete($"{BlockedBy(1)}/3")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Should_require_the_triage_role()
    {
        Server.Change(Repo, new() { Permission = "pull" });

        (await Add(1, 4)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Delete($"{BlockedBy(1)}/{IdOf(3)}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    static string BlockedBy(int number) => $"repos/{Repo}/issues/{number}/dependencies/blocked_by";

    long IdOf(int number) => Server.Repository(Repo).Issues![number - 1].Id;

    Task<HttpResponseMessage> Add(int blocked, int blocker) => PostJson(BlockedBy(blocked), $$"""{"issue_id": {{IdOf(blocker)}}}""");
}
