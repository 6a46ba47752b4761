using System.Net;
using System.Text.Json.Nodes;
using Monarch.Sandbox.Model;
using Shouldly;
using Xunit;

namespace Monarch.Tests.Sandbox;

public sealed class Recording_references : SandboxTest
{
    protected override SandboxOptions Options =>
        new()
        {
            Repositories =
            [
                new() { FullName = Repo, Issues = [new() { Title = "1", Body = "See #2" }, new() { Title = "2" }] },
                new() { FullName = "school/copy", Issues = [new() { Title = "1" }] },
            ],
        };

    [Theory]
    [InlineData("#1", "school/copy#1")]
    [InlineData("(#1, at the start)", "school/copy#1")]
    [InlineData("GH-1", "school/copy#1")]
    [InlineData("school/rare#1", "school/rare#1")]
    [InlineData("https://github.com/school/rare/issues/1", "school/rare#1")]
    [InlineData("[text](https://github.com/school/rare/pull/1#issuecomment-7)", "school/rare#1")]
    [InlineData("`#1` and school/rare#2", "school/rare#2")]
    [InlineData("`code`#1", "school/copy#1")]
    [InlineData("``a ` #1``", "")]
    [InlineData("```\n#1\n```\n", "")]
    [InlineData("```\n#1\n~~~\nschool/rare#1", "")]
    [InlineData("<!-- #1 -->", "")]
    [InlineData("a#1 #1a &#1; \\#1 ##1 #9", "")]
    [InlineData("https://redirect.github.com/school/rare/issues/1", "")]
    [InlineData("[see school/rare#1](https://redirect.github.com/school/rare/issues/1)", "")]
    [InlineData("<a href=\"https://redirect.github.com/school/rare/issues/1\">school/rare#1</a>", "")]
    [InlineData("<A HREF='https://github.com/school/rare/issues/1'>text</A> [x] (#1)", "school/rare#1 school/copy#1")]
    public async Task Should_record_what_a_body_mentions_outside_code(string body, string mentioned)
    {
        await Create(new JsonObject { ["title"] = "New", ["body"] = body }.ToJsonString(), "school/copy");

        Mentioned().ShouldBe(mentioned);
    }

    [Fact]
    public async Task Should_record_edits_and_comments_once()
    {
        const string Issue = "repos/school/copy/issues/1";
        await PatchJson(Issue, """{"body": "school/rare#1"}""");
        await PatchJson(Issue, """{"body": "school/rare#1 again"}""");
        var comment = await BodyOf(await PostJson(Issue + "/comments", """{"body": "school/rare#1"}"""), HttpStatusCode.Created);
        await PatchJson((string)comment["url"]!, """{"body": "school/rare#2"}""");

        Server.Repository(Repo).Issues!.Select(issue => string.Join(' ', issue.ReferencedBy)).ShouldBe(["school/copy#1", "school/copy#1"]);
    }

    string Mentioned() =>
        string.Join(
            ' ',
            new[] { Repo, "school/copy" }.SelectMany(repository =>
                Server
                    .Repository(repository)
                    .Issues!.Where(issue => issue.ReferencedBy.Count > 0)
                    .Select(issue => $"{repository}#{issue.Number}")
            )
        );
}
