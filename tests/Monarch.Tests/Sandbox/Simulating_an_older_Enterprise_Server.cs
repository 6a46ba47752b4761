using System.Net;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Simulating_an_older_Enterprise_Server : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            OlderEnterpriseServer = true,
            Organisations = [new() { Login = "school", IssueTypes = [new() { Name = "Bug" }] }],
            Repositories = [new() { FullName = Repo, Issues = [new() { Title = "1" }, new() { Title = "2" }] }],
        };

    [Theory]
    [InlineData("orgs/school/issue-types")]
    [InlineData($"repos/{Repo}/issue-types")]
    [InlineData($"repos/{Repo}/issues/1/sub_issues")]
    [InlineData($"repos/{Repo}/issues/1/parent")]
    [InlineData($"repos/{Repo}/issues/1/dependencies/blocked_by")]
    [InlineData($"repos/{Repo}/issues/1/dependencies/blocking")]
    public async Task Should_answer_404_to_what_it_lacks(string path) => (await Get(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Should_answer_404_to_relations()
    {
        var id = Server.Repository(Repo).Issues![1].Id;
        var (subIssues, blockedBy) = ($"repos/{Repo}/issues/1/sub_issues", $"repos/{Repo}/issues/1/dependencies/blocked_by");

        (await PostJson(subIssues, $$"""{"sub_issue_id": {{id}}}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostJson(blockedBy, $$"""{"issue_id": {{id}}}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get($"repos/{Repo}/labels")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Should_ignore_a_type_and_omit_the_properties()
    {
        var issue = (await BodyOf(await Create("""{"title": "x", "type": "Bug"}"""), HttpStatusCode.Created)).AsObject();

        foreach (var name in (string[])["type", "parent_issue_url", "sub_issues_summary", "issue_dependencies_summary"])
        {
            issue.ContainsKey(name).ShouldBeFalse(name);
        }

        issue.ContainsKey("labels").ShouldBeTrue();
        Server.Repository(Repo).Issues![^1].Type.ShouldBeNull();
    }
}
