using System.Net;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Seeding_a_template : SandboxTest
{
    const string Template = """
        {"organisations": [{"login": "academy", "issueTypes": [{"name": "Task"}]}],
         "repositories": [{"fullName": "academy/template", "labels": [{"name": "bug", "color": "D73A4A", "description": "Broken"}],
          "milestones": [{"title": "M1", "description": "First", "state": "closed", "dueOn": "2026-06-30T07:00:00Z"}], "assignees": ["ada"],
          "issues": [
           {"title": "1", "labels": ["Bug", "new"], "milestone": "M2", "type": "task", "assignees": ["ada"], "locked": true,
            "lockReason": "resolved", "state": "closed", "stateReason": "not_planned", "subIssues": [2], "blockedBy": [3],
            "comments": [{"user": "grace", "body": "Hello", "createdAt": "2026-01-02T03:04:05Z"}]},
           {"title": "2"}, {"title": "3"}]}]}
        """;

    [Fact]
    public async Task Should_show_everything_in_the_view()
    {
        (await Seed(Template)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var view = Server.Repository("academy/template");
        view.Labels.ShouldBe([new("bug", "d73a4a", "Broken"), new("new", "ededed", null)]);
        var due = new DateTimeOffset(2026, 6, 30, 7, 0, 0, TimeSpan.Zero);
        view.Milestones.ShouldBe([new(1, "M1", "First", "closed", due), new(2, "M2", null, "open", null)]);
        var issue = view.Issues![0];
        issue.Labels.ShouldBe(["bug", "new"]);
        (issue.State, issue.StateReason, issue.Locked).ShouldBe(("closed", "not_planned", true));
        (issue.Milestone, issue.Type, issue.Assignees.Single()).ShouldBe(("M2", "Task", "ada"));
        (issue.SubIssues.Single(), issue.BlockedBy.Single()).ShouldBe(("academy/template#2", "academy/template#3"));
        view.Issues[1].Parent.ShouldBe("academy/template#1");
        var comment = issue.Comments.ShouldHaveSingleItem();
        (comment.User, comment.Body, comment.CreatedAt).ShouldBe(("grace", "Hello", new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        ((string)(await Body(await Get("repos/academy/template/issues/1")))["active_lock_reason"]!).ShouldBe("resolved");
    }

    [Fact]
    public async Task Should_show_the_same_in_the_admin_endpoint()
    {
        await Seed(Template);

        var issue = (await Body(await Get(Server.AdminUrl + "repositories/academy/template")))["issues"]![0]!;

        ((string)issue["subIssues"]![0]!, (string)issue["comments"]![0]!["body"]!).ShouldBe(("academy/template#2", "Hello"));
    }

    [Theory]
    [InlineData("""{"labels": [{"name": "bug", "color": "mauve"}]}""", "The label 'bug' has an invalid color.")]
    [InlineData("""{"labels": [{"name": "bug"}, {"name": "BUG"}]}""", "The label 'BUG' is repeated.")]
    [InlineData("""{"milestones": [{"title": "M"}, {"title": "M"}]}""", "The milestone 'M' is repeated.")]
    [InlineData("""{"milestones": [{"title": "M", "state": "ajar"}]}""", "Unknown state 'ajar': use open or closed.")]
    [InlineData("""{"issues": [{"title": "1", "subIssues": [2]}]}""", "Issue 1 refers to issue 2, which does not exist.")]
    [InlineData("""{"issues": [{"title": "1", "blockedBy": [1]}]}""", "Issue 1: Target issue may not be the same as the source issue.")]
    public async Task Should_name_what_is_wrong_with_a_seed(string repository, string error)
    {
        var seed = JsonNode.Parse(repository)!;
        seed["fullName"] = "academy/wrong";

        var refused = await Seed(new JsonObject { ["repositories"] = new JsonArray(seed) }.ToJsonString());

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await Body(refused))["error"]!).ShouldBe(error);
        Server.Repositories().Select(view => view.FullName).ShouldBe([Repo]);
    }

    [Fact]
    public async Task Should_restore_the_initial_state()
    {
        await Seed(Template);

        await Http.PostAsync(Server.AdminUrl + "reset", null, Ct);

        (await Get("orgs/academy/issue-types")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Server.Repositories().Select(view => view.FullName).ShouldBe([Repo]);
    }

    Task<HttpResponseMessage> Seed(string json) => PostJson(Server.AdminUrl + "seed", json);
}
