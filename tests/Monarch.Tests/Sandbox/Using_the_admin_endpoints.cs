using System.Net;
using Microsoft.Extensions.Configuration;
using Monarch.Sandbox;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Using_the_admin_endpoints : SandboxTest
{
    [Fact]
    public async Task Should_seed_and_read_repositories()
    {
        (
            await Send(
                "POST",
                "seed",
                """
                {"repositories": [{"fullName": "nss/template", "generateIssues": 10, "generateClosedIssues": 2, "generatePullRequests": 3, "archived": true,
                  "issues": [{"title": "First", "body": null, "user": null, "createdAt": "2024-05-06T07:08:09Z", "labels": ["bug"]}]}]}
                """
            )
        ).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var template = await Read("repositories/nss/template");
        var issues = template["issues"]!.AsArray();
        issues.Count.ShouldBe(16);
        ((string)issues[0]!["title"]!).ShouldBe("First");
        ((string)issues[0]!["createdAt"]!).ShouldBe("2024-05-06T07:08:09+00:00");
        issues.Count(i => (bool)i!["isPullRequest"]!).ShouldBe(3);
        issues.Count(i => (string)i!["state"]! == "closed").ShouldBe(2);
        issues.Select(i => (string)i!["title"]!).Distinct().Count().ShouldBe(16);
        (await Read("repositories")).AsArray().Select(r => (string)r!["fullName"]!).ShouldBe([Repo, "nss/template"]);
        ((bool)(await Body(await Get("repos/nss/template")))["archived"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Should_change_flags_and_names()
    {
        (await Send("PATCH", $"repositories/{Repo}", """{"hasIssues": false}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await CreateTitled("No")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        await Send("PATCH", $"repositories/{Repo}", """{"hasIssues": true}""");
        await Send("POST", "rename", $$"""{"from": "{{Repo}}", "to": "school/new"}""");

        (await Get($"repos/{Repo}")).StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        (await CreateTitled("Yes", "school/new")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Should_not_reuse_the_number_of_a_deleted_issue()
    {
        await CreateTitled("One");
        await CreateTitled("Two");
        (await Send("DELETE", $"repositories/{Repo}/issues/1", "")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Send("DELETE", $"repositories/{Repo}/issues/1", "")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await CreateTitled("Three");

        (await Get($"repos/{Repo}/issues/1")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        var listed = await Body(await Get($"repos/{Repo}/issues?state=all&sort=created&direction=asc"));
        listed.AsArray().Select(issue => (int)issue!["number"]!).ShouldBe([2, 3]);
        var view = Server.Repository(Repo);
        (view.Count, view.Issues!.Count).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Should_set_limits_faults_and_scripts()
    {
        await Send("PUT", "limits", """{"creationsPerMinute": 1, "minuteSeconds": 2}""");
        await Send("PUT", "faults", """{"listingLagMilliseconds": 5}""");
        await Send("POST", "faults", """[{"method": "GET", "path": "user", "status": 500, "ending": "Answer"}]""");

        Server.Limits.MinuteSeconds.ShouldBe(2);
        ((int)(await Read("limits"))["creationsPerMinute"]!).ShouldBe(1);
        ((int)(await Read("faults"))["listingLagMilliseconds"]!).ShouldBe(5);
        (await Get("user")).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);

        await Send("POST", "faults", """[{"status": 500}]""");
        await Send("DELETE", "faults", "");
        (await Get("user")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Server.Faults.ListingLagMilliseconds.ShouldBe(0);
    }

    [Fact]
    public async Task Should_report_and_reset_request_counts()
    {
        await CreateTitled("One");
        Time.Advance(3);
        await CreateTitled("Two");
        await CreateTitled("");
        await Get($"repos/{Repo}/issues");

        var requests = await Read("requests");
        ((int)requests["byKind"]!["POST issues"]!["201"]!).ShouldBe(2);
        ((int)requests["byKind"]!["POST issues"]!["422"]!).ShouldBe(1);
        ((int)requests["byKind"]!["GET issues"]!["200"]!).ShouldBe(1);
        ((int)requests["total"]!).ShouldBe(4);
        ((int)requests["creations"]!).ShouldBe(2);
        ((string)requests["firstCreation"]!).ShouldBe("2026-03-10T09:00:00+00:00");
        ((string)requests["lastCreation"]!).ShouldBe("2026-03-10T09:00:03+00:00");

        await Send("POST", "reset", "");
        ((int)(await Read("requests"))["total"]!).ShouldBe(0);
        Server.Repository(Repo).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData("PUT", "limits", """{"creationPerMinute": 1}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "seed", "{", HttpStatusCode.BadRequest)]
    [InlineData("POST", "seed", """{"repositories": [{"fullName": "no-owner"}]}""", HttpStatusCode.BadRequest)]
    [InlineData("POST", "faults", """[{"path": "("}]""", HttpStatusCode.BadRequest)]
    [InlineData("PATCH", "repositories/school/rare", """{"permission": "king"}""", HttpStatusCode.BadRequest)]
    [InlineData("GET", "repositories/school/unknown", "", HttpStatusCode.NotFound)]
    [InlineData("GET", "nonsense", "", HttpStatusCode.NotFound)]
    public async Task Should_reject_an_invalid_request(string method, string path, string json, HttpStatusCode status)
    {
        var response = await Send(method, path, json);

        response.StatusCode.ShouldBe(status);
        ((string)(await Body(response))["error"]!).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Should_list_its_endpoints() => (await Http.GetStringAsync(Server.AdminUrl, Ct)).ShouldContain("POST   /admin/seed");

    [Fact]
    public async Task Should_start_from_configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Url"] = "http://127.0.0.1:0",
                    ["Tokens:0:Token"] = "abc",
                    ["Limits:CreationsPerMinute"] = "80",
                    ["Faults:LatencyMilliseconds"] = "1",
                    ["Repositories:0:FullName"] = "school/bound",
                    ["Repositories:0:GenerateIssues"] = "4",
                    ["Repositories:0:HasIssues"] = "false",
                }
            )
            .Build();

        await using var server = await SandboxServer.StartAsync(configuration.Get<SandboxOptions>()!, Ct);

        server.Limits.CreationsPerMinute.ShouldBe(80);
        server.Repository("school/bound").Count.ShouldBe(4);
        server.GitHubUrl.AbsolutePath.ShouldBe("/github/");
        server.SlackUrl.AbsolutePath.ShouldBe("/slack/api/");
        (await Http.GetAsync(new Uri(server.GitHubUrl, "user"), Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    Task<HttpResponseMessage> Send(string method, string path, string json) =>
        Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), new Uri(Server.AdminUrl, path)) { Content = Json(json) }, Ct);

    async Task<System.Text.Json.Nodes.JsonNode> Read(string path) => await Body(await Http.GetAsync(new Uri(Server.AdminUrl, path), Ct));
}
