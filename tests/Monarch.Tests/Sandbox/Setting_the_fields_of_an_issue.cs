using System.Net;
using System.Text.Json.Nodes;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Setting_the_fields_of_an_issue : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            Organisations =
            [
                new() { Login = "school", IssueTypes = [new() { Name = "Bug", Color = "red" }, new() { Name = "Old", IsEnabled = false }] },
            ],
            Repositories =
            [
                new()
                {
                    FullName = Repo,
                    Labels =
                    [
                        new()
                        {
                            Name = "bug",
                            Color = "d73a4a",
                            Description = "Broken",
                        },
                    ],
                    Milestones = [new() { Title = "Demo" }],
                    Assignees = ["ada", "Grace"],
                    Issues =
                    [
                        new()
                        {
                            Title = "Theirs",
                            Body = "Text",
                            Labels = ["bug"],
                            Milestone = "Demo",
                            Type = "Bug",
                            Assignees = ["ada"],
                        },
                    ],
                },
            ],
        };

    [Fact]
    public async Task Should_create_with_labels_milestone_type_and_assignees()
    {
        var issue = await BodyOf(
            await Create("""{"title": "New", "labels": ["BUG", "new", "New"], "milestone": 1, "type": "bug", "assignees": ["grace"]}"""),
            HttpStatusCode.Created
        );

        Texts(issue["labels"]!, "name").ShouldBe(["bug", "new"]);
        Texts(issue["labels"]!, "color").ShouldBe(["d73a4a", "ededed"]);
        ((string?)issue["labels"]![0]!["description"]).ShouldBe("Broken");
        ((string)issue["milestone"]!["title"]!, (int)issue["milestone"]!["open_issues"]!).ShouldBe(("Demo", 2));
        ((string)issue["type"]!["name"]!, (string)issue["type"]!["color"]!).ShouldBe(("Bug", "red"));
        Texts(issue["assignees"]!, "login").ShouldBe(["grace"]);
        Server.Repository(Repo).Labels.Select(label => label.Name).ShouldBe(["bug", "new"]);
        var view = Server.Repository(Repo).Issues![^1];
        (view.Milestone, view.Type, view.Assignees.Single()).ShouldBe(("Demo", "Bug", "grace"));
    }

    [Theory]
    [InlineData("""{"title": "x", "milestone": 2}""", "Issue invalid milestone")]
    [InlineData("""{"title": "x", "type": "Task"}""", "Issue invalid type")]
    [InlineData("""{"title": "x", "type": "Old"}""", "Issue invalid type")]
    [InlineData("""{"title": "x", "assignees": ["octocat"]}""", "Issue invalid assignees")]
    [InlineData("""{"title": "x", "labels": [""]}""", "Label missing_field name")]
    [InlineData("""{"title": "x", "labels": ["123456789012345678901234567890123456789012345678901"]}""", "Label custom name")]
    public async Task Should_reject_an_unknown_value(string json, string error)
    {
        (await InvalidField(await Create(json))).ShouldBe(error);
        (await InvalidField(await PatchJson($"repos/{Repo}/issues/1", json))).ShouldBe(error);
        Server.Repository(Repo).Count.ShouldBe(1);
        Server.Repository(Repo).Issues![0].Title.ShouldBe("Theirs");
    }

    [Fact]
    public async Task Should_drop_the_fields_silently_without_push_access()
    {
        Server.Change(Repo, new() { Permission = "pull" });

        var issue = await BodyOf(
            await Create("""{"title": "New", "body": "x", "labels": ["new"], "milestone": 9, "type": "None", "assignees": ["stranger"]}"""),
            HttpStatusCode.Created
        );

        issue["labels"]!.AsArray().ShouldBeEmpty();
        issue["assignees"]!.AsArray().ShouldBeEmpty();
        (issue["milestone"], issue["type"], issue["assignee"]).ShouldBe((null, null, null));
        ((string)issue["body"]!).ShouldBe("x");
        Server.Repository(Repo).Labels.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_replace_and_clear_the_fields()
    {
        var replaced = await Change(
            """{"labels": ["new"], "assignees": ["Grace"], "type": {"value": "BUG"}, "title": "Mine", "body": "B"}"""
        );

        Texts(replaced["labels"]!, "name").ShouldBe(["new"]);
        Texts(replaced["assignees"]!, "login").ShouldBe(["Grace"]);
        ((string)replaced["type"]!["name"]!, (string)replaced["milestone"]!["title"]!).ShouldBe(("Bug", "Demo"));
        ((string)replaced["title"]!, (string)replaced["body"]!).ShouldBe(("Mine", "B"));

        var cleared = await Change("""{"labels": [], "assignees": [], "type": null, "milestone": null, "body": null}""");

        cleared["labels"]!.AsArray().ShouldBeEmpty();
        cleared["assignees"]!.AsArray().ShouldBeEmpty();
        (cleared["type"], cleared["milestone"], cleared["body"]).ShouldBe((null, null, null));
        ((string)cleared["title"]!).ShouldBe("Mine");
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("not_planned")]
    [InlineData("duplicate")]
    public async Task Should_close_for_a_reason_and_reopen(string reason)
    {
        var closed = await Change($$"""{"state": "closed", "state_reason": "{{reason}}"}""");

        ((string)closed["state"]!, (string)closed["state_reason"]!).ShouldBe(("closed", reason));
        ((string)closed["closed_at"]!, (string)closed["closed_by"]!["login"]!).ShouldBe(("2026-03-10T09:00:00Z", "monarch-bot"));
        Server.Repository(Repo).Issues![0].StateReason.ShouldBe(reason);

        var opened = await Change("""{"state": "open"}""");

        ((string)opened["state"]!, (string)opened["state_reason"]!).ShouldBe(("open", "reopened"));
        (opened["closed_at"], opened["closed_by"]).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("title", 257, "Issue custom title")]
    [InlineData("body", 65_537, "Issue custom body")]
    public async Task Should_limit_title_and_body(string field, int length, string error)
    {
        var json = new JsonObject { [field] = new string('x', length) }.ToJsonString();

        (await InvalidField(await PatchJson($"repos/{Repo}/issues/1", json))).ShouldBe(error);
    }

    [Fact]
    public async Task Should_let_the_author_change_only_title_body_and_state()
    {
        Server.Change(Repo, new() { Permission = "pull" });
        await CreateTitled("Ours");

        (await PatchJson($"repos/{Repo}/issues/1", """{"title": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var changed = await BodyOf(
            await PatchJson($"repos/{Repo}/issues/2", """{"title": "Changed", "state": "closed", "labels": ["bug"], "milestone": 1}"""),
            HttpStatusCode.OK
        );

        ((string)changed["title"]!, (string)changed["state"]!).ShouldBe(("Changed", "closed"));
        changed["labels"]!.AsArray().ShouldBeEmpty();
        changed["milestone"].ShouldBeNull();
    }

    [Fact]
    public async Task Should_let_the_triage_role_set_only_existing_labels()
    {
        Server.Change(Repo, new() { Permission = "triage" });

        Texts((await Change("""{"labels": ["bug"]}"""))["labels"]!, "name").ShouldBe(["bug"]);
        var refused = await BodyOf(await PatchJson($"repos/{Repo}/issues/1", """{"labels": ["new"]}"""), HttpStatusCode.Forbidden);

        ((string)refused["message"]!).ShouldBe("You do not have permission to create labels on this repository.");
        ((string)refused["errors"]![0]!["code"]!).ShouldBe("unauthorized");
    }

    [Fact]
    public async Task Should_not_change_a_deleted_or_unknown_issue()
    {
        Server.DeleteIssue(Repo, 1);

        (await PatchJson($"repos/{Repo}/issues/1", """{"title": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await PatchJson($"repos/{Repo}/issues/9", """{"title": "x"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    async Task<JsonNode> Change(string json) => await BodyOf(await PatchJson($"repos/{Repo}/issues/1", json), HttpStatusCode.OK);
}
