using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Failing_while_setting_up_a_repository : SandboxTest
{
    const string Labels = $"repos/{Repo}/labels";
    const string Milestones = $"repos/{Repo}/milestones";
    const string Comments = $"repos/{Repo}/issues/1/comments";
    const string SubIssues = $"repos/{Repo}/issues/1/sub_issues";
    const string BlockedBy = $"repos/{Repo}/issues/1/dependencies/blocked_by";

    protected override SandboxOptions Options =>
        new() { Repositories = [new() { FullName = Repo, Issues = [new() { Title = "1" }, new() { Title = "2" }] }] };

    public static TheoryData<string, string> Writes =>
        new()
        {
            { Labels, """{"name": "x"}""" },
            { Milestones, """{"title": "x"}""" },
            { Comments, """{"body": "x"}""" },
            { SubIssues, """{"sub_issue_id": ID}""" },
            { BlockedBy, """{"issue_id": ID}""" },
        };

    [Theory, MemberData(nameof(Writes))]
    public async Task Should_write_and_answer_502(string path, string json)
    {
        Server.Faults.CreatedThenBadGateway = 1;

        (await Write(path, json)).StatusCode.ShouldBe(HttpStatusCode.BadGateway);

        (await Body(await Get(path))).AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_change_and_answer_502()
    {
        Server.Faults.CreatedThenBadGateway = 1;

        (await PatchJson($"repos/{Repo}/issues/1", """{"title": "Changed"}""")).StatusCode.ShouldBe(HttpStatusCode.BadGateway);

        Server.Repository(Repo).Issues![0].Title.ShouldBe("Changed");
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task Should_list_late(string path, string json)
    {
        Server.Faults.ListingLagMilliseconds = 2_000;
        await Write(path, json);

        (await Body(await Get(path))).AsArray().ShouldBeEmpty();
        Time.Advance(2);
        (await Body(await Get(path))).AsArray().Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task Should_list_nothing_at_the_configured_rate(string path, string json)
    {
        await Write(path, json);
        Server.Faults.EmptyListings = 1;

        (await Body(await Get(path))).AsArray().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task Should_refuse_for_the_pace_only_what_creates_content(string path, string json)
    {
        Server.Faults.PaceRefusals = 1;

        var answer = await Write(path, json);

        if (path == Comments)
        {
            (await InvalidField(answer)).ShouldBe("IssueComment unprocessable data");
        }
        else
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task Should_count_a_write_as_five_points(string path, string json)
    {
        Server.Limits = new() { PointsPerMinute = 9 };

        (await Write(path, json)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Message(await PatchJson($"repos/{Repo}/issues/1", "{}"))).ShouldStartWith("You have exceeded a secondary rate limit.");
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task Should_answer_304_to_a_listing_that_did_not_change(string path, string json)
    {
        await Write(path, json);
        Http.DefaultRequestHeaders.IfNoneMatch.Add((await Get(path)).Headers.ETag!);

        (await Get(path)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    Task<HttpResponseMessage> Write(string path, string json) =>
        PostJson(path, json.Replace("ID", $"{Server.Repository(Repo).Issues![1].Id}", StringComparison.Ordinal));
}
